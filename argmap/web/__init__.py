"""The pages: what people read, click and comment on."""

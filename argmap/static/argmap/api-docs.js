// What Swagger UI leaves out for those who go by headings and landmarks: its page goes from the title
// right to headings of the third level, and what stands above the operations is in no landmark.
const headed = () => ({
  wrapComponents: {
    InfoContainer: (Info, { React }) => (given) =>
      React.createElement(
        "section",
        { "aria-label": "About the API" },
        React.createElement(Info, given),
        React.createElement("h2", { className: "unseen" }, "Operations"),
      ),
  },
});

const { SwaggerUIBundle: show } = window;
window.SwaggerUIBundle = Object.assign(
  (options) => show({ ...options, plugins: [...options.plugins, headed] }),
  show,
);

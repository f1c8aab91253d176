// Keeps what one chooses in the order of choosing, which the stock list would forget.
"use strict";

django.jQuery(function ($) {
  $(document).on("select2:select", "select.in-order", function (event) {
    const chosen = $(event.params.data.element);
    chosen.detach();
    $(this).append(chosen).trigger("change");
  });
});

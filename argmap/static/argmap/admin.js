// Keeps what one chooses in the order of choosing, which the stock list would forget, and hands the
// focus that the page gave a hidden list to what stands in its place.
"use strict";

django.jQuery(function ($) {
  $("select.admin-autocomplete[autofocus]").next().find(".select2-selection").trigger("focus");
  $(document).on("select2:select", "select.in-order", function (event) {
    const chosen = $(event.params.data.element);
    chosen.detach();
    $(this).append(chosen).trigger("change");
  });
});

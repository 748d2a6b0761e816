// Shows the page anew when the sources have changed. A server that was started again is found by itself.
(function () {
  "use strict";
  new EventSource("/.preview/events").addEventListener("change", function () { location.reload(); });
}());

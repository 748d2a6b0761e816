// Shows the page anew when the sources have changed, without leaving its place; what stands in its head needs a real loading.
// A server that was started again is found by itself.
(function () {
  "use strict";
  function show(text) {
    var page = new DOMParser().parseFromString(text, "text/html");
    if (page.head.innerHTML !== document.head.innerHTML) { location.reload(); return; }
    document.body.replaceWith(page.body);
  }
  new EventSource("/.preview/events").addEventListener("change", function () {
    fetch(location.href).then(function (answer) { return answer.text(); }).then(show, function () { location.reload(); });
  });
}());

// A screen's page works without this. With it the clock runs, old data are noticed by their date as well, and the page is
// read anew when the network gives another one.
(function () {
  "use strict";
  var clock = document.getElementById("clock");
  var stale = document.querySelector(".stale");
  var asOf = Date.parse(document.body.getAttribute("data-as-of") + "T00:00:00+08:00");
  var day = 24 * 3600 * 1000;

  function two(number) {
    return (number < 10 ? "0" : "") + number;
  }

  function tick() {
    var now = new Date();
    clock.textContent = two(now.getHours()) + ":" + two(now.getMinutes());
    if (now - asOf > 2 * day) stale.style.visibility = "visible";
  }

  function look() {
    if (location.protocol === "file:" || !window.fetch) return;
    fetch(location.href, { cache: "no-store" })
      .then(function (answer) { return answer.ok ? answer.text() : ""; })
      .then(function (text) {
        if (look.last && text && text !== look.last) location.reload();
        if (text) look.last = text;
      })
      .catch(function () {});
  }

  tick();
  look();
  setInterval(tick, 5000);
  setInterval(look, 60000);
})();

// Copies what a button names: rich text for an article, plain text for everything else.
(function () {
  "use strict";
  function select(element) {
    var range = document.createRange();
    range.selectNodeContents(element);
    var selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  function done(button) {
    var words = button.textContent;
    button.textContent = button.closest("[data-copied]").getAttribute("data-copied");
    setTimeout(function () { button.textContent = words; }, 2000);
  }

  function copy(button) {
    var element = document.getElementById(button.getAttribute("data-copy"));
    var isRich = element.hasAttribute("data-rich");
    if (!isRich && navigator.clipboard) {
      navigator.clipboard.writeText(element.textContent.trim()).then(function () { done(button); }, function () { byHand(button, element); });
    } else if (isRich && navigator.clipboard && window.ClipboardItem) {
      var item = new ClipboardItem({
        "text/html": new Blob([element.innerHTML], { type: "text/html" }),
        "text/plain": new Blob([element.innerText], { type: "text/plain" })
      });
      navigator.clipboard.write([item]).then(function () { done(button); }, function () { byHand(button, element); });
    } else {
      byHand(button, element);
    }
  }

  function byHand(button, element) {
    select(element);
    if (document.execCommand("copy")) done(button);
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("button[data-copy]");
    if (button) copy(button);
  });
  document.documentElement.classList.add("can-copy");
})();

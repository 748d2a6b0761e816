/* What only a browser can know: whether the reader wants large type, and how late it is. Pages are whole without it. */
(function () {
  var root = document.documentElement, store;
  try { store = window.localStorage; } catch (ignored) { store = null; }
  function remember(isLarge) {
    root.className = isLarge ? 'large' : '';
    try { if (isLarge) store.setItem('type', 'large'); else store.removeItem('type'); } catch (ignored) { /* not kept */ }
  }
  var isLarge = false;
  try { isLarge = store.getItem('type') === 'large'; } catch (ignored) { /* none is kept */ }
  if (location.hash === '#large') remember(true); else if (isLarge) root.className = 'large';

  // Keeps the most important pages for when there is no network; where the site does not want that, an older keeper goes.
  var worker = document.currentScript && document.currentScript.getAttribute('data-worker');
  if (navigator.serviceWorker && location.protocol !== 'file:') {
    if (worker) navigator.serviceWorker.register(worker).catch(function () { /* the page works without */ });
    else navigator.serviceWorker.getRegistrations().then(function (all) {
      all.forEach(function (one) { if (/\/worker\.js$/.test((one.active || {}).scriptURL)) one.unregister(); });
    }).catch(function () { /* there is none */ });
  }
  function each(selector, act) {
    var all = document.querySelectorAll(selector);
    for (var i = 0; i < all.length; i++) act(all[i]);
  }
  function isOpen(hours, minute) {
    return hours.split(' ').some(function (part) {
      var ends = part.split('-');
      return minute >= +ends[0] && minute < +ends[1];
    });
  }
  function look() {
    var now = Date.now() / 1000;
    each('[data-after]', function (mark) { mark.hidden = now < +mark.getAttribute('data-after'); });
    each('[data-offset]', function (list) {
      // Minutes of the week from Monday; 1 January 1970 was a Thursday.
      var minute = (Math.floor(now / 60) + +list.getAttribute('data-offset') + 3 * 1440) % 10080;
      var items = list.querySelectorAll('[data-open]');
      for (var i = 0; i < items.length; i++) {
        items[i].querySelector('.mark-now').hidden = !isOpen(items[i].getAttribute('data-open'), minute);
      }
    });
  }
  // A code as it is printed, whatever was typed: the alphabet has no I, L and O.
  function code(typed) {
    var signs = typed.toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1').replace(/[^0-9A-Z]/g, '');
    return signs.length === 8 ? signs.slice(0, 4) + '-' + signs.slice(4) : '';
  }
  function verify(form) {
    function show(typed) {
      var found = code(typed), groups = document.querySelector('.code-groups');
      var row = found && document.getElementById(found);
      var list = form.getAttribute('data-verify').replace('.html', '/' + found.charAt(0) + '.html');
      document.querySelector('.verify-missing').hidden = !!row;
      if (row) location.hash = found;
      else if (found && groups && location.pathname.indexOf('/verify/' + found.charAt(0)) < 0) location.href = list + '#' + found;
    }
    form.hidden = false;
    form.addEventListener('submit', function (event) { event.preventDefault(); show(form.code.value); });
    if (code(location.hash)) { form.code.value = code(location.hash); show(location.hash); }
  }
  // While the page arrives, so that nothing that was seen is moved.
  var arriving = window.MutationObserver && new MutationObserver(look);
  if (arriving) arriving.observe(root, { childList: true, subtree: true });
  document.addEventListener('DOMContentLoaded', function () {
    if (arriving) arriving.disconnect();
    each('[data-verify]', verify);
    each('.to-large', function (link) {
      link.addEventListener('click', function (event) { event.preventDefault(); remember(true); });
    });
    each('.to-normal', function (link) {
      link.addEventListener('click', function () { remember(false); });
    });
    look();
    setInterval(look, 60000);
  });
})();

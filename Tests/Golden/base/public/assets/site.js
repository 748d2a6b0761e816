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
    if (worker) {
      navigator.serviceWorker.register(worker).catch(function () { /* the page works without */ });
      navigator.serviceWorker.addEventListener('message', function (event) { if (event.data.fresh === location.href.split('#')[0]) location.reload(); });
    }
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
    // Minutes of the week from Monday; 1 January 1970 was a Thursday.
    var minute = (Math.floor(now / 60) + +root.getAttribute('data-offset') + 3 * 1440) % 10080;
    each('[data-open]', function (one) {
      one.querySelector('.mark-now').hidden = !isOpen(one.getAttribute('data-open'), minute);
    });
    // A shift that is over is not shown; the one that lasts is marked, on whichever day it began.
    each('[data-until]', function (one) {
      one.hidden = now >= +one.getAttribute('data-until');
      one.querySelector('.mark-now').hidden = one.hidden || now < +one.getAttribute('data-from');
    });
  }
  // A code as it is printed, whatever was typed or pasted around it: the alphabet has no I, L and O.
  function code(typed) {
    var text = (typed.normalize ? typed.normalize('NFKC') : typed).toUpperCase();
    // With its hyphen first; then eight signs together, then two words of four; of several the last.
    var forms = [/[0-9A-Z]{4} ?[-–—‐] ?[0-9A-Z]{4}(?![0-9A-Z])/g, /(?:^|[^0-9A-Z])[0-9A-Z]{8}(?![0-9A-Z])/g, /(?:^|[^0-9A-Z])[0-9A-Z]{4} [0-9A-Z]{4}(?![0-9A-Z])/g];
    for (var i = 0; i < forms.length; i++) {
      var found = (text.match(forms[i]) || []).pop(), signs = found && found.replace(/[^0-9A-Z]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
      if (signs) return signs.slice(0, 4) + '-' + signs.slice(4);
    }
    return '';
  }
  function verify(form) {
    var answers = document.querySelectorAll('.verify-answer');
    function answer(name, row) {
      for (var i = 0; i < answers.length; i++) answers[i].hidden = !answers[i].classList.contains(name);
      var shown = document.querySelector('.' + name), place = shown.querySelector('.verify-notice');
      each('tr.is-found', function (other) { other.className = ''; });
      if (row) {
        row.className = 'is-found';
        place.innerHTML = row.cells[1].innerHTML + ' <span class="meta">' + row.cells[2].innerHTML + '</span>';
        shown.classList.toggle('holds', !row.querySelector('.mark'));
      }
      shown.scrollIntoView({ block: 'nearest' });
    }
    function show(typed) {
      var found = code(typed), row = found && document.getElementById(found);
      var list = form.getAttribute('data-verify').replace('.html', '/' + found.charAt(0) + '.html');
      if (!found) answer('verify-short');
      else if (row) answer('verify-found', row);
      else if (document.querySelector('.code-groups') && found.charAt(0) !== 'U' && location.pathname.indexOf('/verify/' + found.charAt(0)) < 0) location.href = list + '#' + found;
      else answer('verify-missing');
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
      link.addEventListener('click', function (event) {
        event.preventDefault();
        if (location.hash === '#large') location.hash = 'top';
        remember(false);
      });
    });
    look();
    setInterval(look, 60000);
  });
})();

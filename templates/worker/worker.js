/* Keeps today, the telephone numbers and the notices in force for when there is no network. What the network has comes first:
   nobody is shown an old page while there is a newer one, unless the network takes longer than four seconds. */
// Another school's pages at the same origin have a worker and caches of their own.
var own = 'noticeboard ' + self.registration.scope + ' ';
name = own + name;

function store(request, response) {
  if (!response || response.status !== 200 || response.type !== 'basic') return response;
  var copy = response.clone();
  caches.open(name).then(function (cache) { cache.put(request, copy); });
  return response;
}

self.addEventListener('install', function (event) {
  event.waitUntil(caches.open(name).then(function (cache) {
    // One page that is missing must not keep the others away.
    return Promise.all(kept.map(function (address) { return cache.add(address).catch(function () {}); }));
  }).then(function () { return self.skipWaiting(); }));
});

self.addEventListener('activate', function (event) {
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.map(function (other) {
      return other.indexOf(own) === 0 && other !== name ? caches.delete(other) : null;
    }));
  }).then(function () { return self.clients.claim(); }));
});

self.addEventListener('fetch', function (event) {
  var request = event.request, address = new URL(request.url);
  if (request.method !== 'GET' || address.origin !== location.origin) return;
  // What has a version never changes.
  if (address.search.indexOf('?v=') === 0 && address.pathname.indexOf('/assets/') >= 0) {
    event.respondWith(caches.match(request).then(function (found) {
      return found || fetch(request).then(function (response) { return store(request, response); });
    }));
    return;
  }
  if (request.mode !== 'navigate') return;
  var old = caches.match(request, { ignoreSearch: true });
  var fresh = fetch(request).then(function (response) {
    if (response.status > 499) throw response;
    return store(request, response);
  });
  var isLate = false;
  var late = new Promise(function (resolve) { setTimeout(resolve, 4000); }).then(function () { return old; });
  late.then(function (found) { isLate = !!found; });
  // Who was shown an old page is shown the new one as soon as it is there.
  fresh.then(function (response) {
    if (!isLate || !response || response.status !== 200) return;
    return Promise.all([response.clone().text(), old.then(function (found) { return found.clone().text(); })]).then(function (texts) {
      if (texts[0] !== texts[1]) return self.clients.matchAll().then(function (all) {
        all.forEach(function (client) { client.postMessage({ fresh: request.url }); });
      });
    });
  }).catch(function () { /* there is none */ });
  event.respondWith(Promise.race([fresh, late]).then(function (response) { return response || fresh; }).catch(function (failed) {
    // What is not kept leads to today's page, at its own address.
    return old.then(function (found) { return found || (failed && failed.status ? failed : Response.redirect(new URL(kept[0], self.registration.scope).href)); });
  }).then(function (response) { return response || Response.error(); }));
});

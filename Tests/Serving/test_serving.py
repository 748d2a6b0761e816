"""Serves the sample school with a real nginx and the configuration that comes with the program.

usage: test_serving.py PROGRAM
Checks what it answers (compressed forms, types, caching, policies, what is hidden), then asks for pages without pause while the
site is built 50 times: every answer is one of the versions that were published, whole. At the end a copy elsewhere is brought up
to date with what `noticeboard changes` lists, and is the same.
"""
import concurrent.futures
import gzip
import hashlib
import http.client
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
NOW = "2026-11-23T{:02}:{:02}:00+08:00"
REBUILDS = 50
NOTICE = "content/notices/2026/2026-09-21-flu-vaccination.md"
passed, failed = 0, 0


def check(what, holds, told=""):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
        print(f"FAILED {what}: {told}")


class Server:
    """nginx with the packaged configuration, on a free port, as whoever runs this."""

    def __init__(self, folder, public):
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        text = (ROOT / "packaging/nginx/noticeboard.conf").read_text()
        text = text.replace("listen 80;", f"listen 127.0.0.1:{self.port};").replace("    listen [::]:80;\n", "")
        (folder / "site.conf").write_text(text.replace("/srv/noticeboard/school/public", str(public)).replace("#brotli_static", "brotli_static"))
        paths = "".join(f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(
            f"{user} daemon off; pid {folder}/pid; error_log {folder}/error.log warn; worker_processes 1;\n"
            "load_module /usr/lib/nginx/modules/ngx_http_brotli_static_module.so;\n"
            f"events {{ worker_connections 256; }}\nhttp {{ access_log off;\n{paths} include {folder}/site.conf; }}\n")
        self.process = subprocess.Popen(["/usr/sbin/nginx", "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"])
        for _ in range(3600):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(.05)
        sys.exit((folder / "error.log").read_text())

    def get(self, route, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=180)
        connection.request("GET", "/" + route, headers={key.replace("_", "-"): value for key, value in headers.items()})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, {key.lower(): value for key, value in answer.getheaders()}, body

    def stop(self):
        self.process.terminate()
        self.process.wait()


def build(program, site, minute):
    now = NOW.format(8 + minute // 60, minute % 60)
    subprocess.run([program, "build", str(site), "--now", now], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def check_answers(server, public):
    page = (public / "index.html").read_bytes()
    for coding, suffix in (("gzip", ".gz"), ("br", ".br"), ("br, gzip", ".br")):
        status, headers, body = server.get("", Accept_Encoding=coding)
        check(f"compressed {coding}", status == 200 and body == (public / f"index.html{suffix}").read_bytes(), headers)
        check(f"coding {coding}", headers.get("content-encoding") == coding.split(",")[0] and "accept-encoding" in headers.get("vary", "").lower(), headers)
    check("the same page unpacked", gzip.decompress((public / "index.html.gz").read_bytes()) == page)
    status, headers, body = server.get("index.html")
    check("a page as it is", status == 200 and body == page and "content-encoding" not in headers, headers)
    check("a page's type", headers["content-type"] == "text/html; charset=utf-8", headers)
    check("a page is asked for again", headers["cache-control"] == "no-cache" and server.get("index.html", If_None_Match=headers["etag"])[0] == 304, headers)
    policy = headers.get("content-security-policy", "")
    check("content policy", policy.startswith("default-src 'self'") and "frame-ancestors 'none'" in policy and "unsafe" not in policy, policy)
    check("no guessing of types", headers.get("x-content-type-options") == "nosniff" and headers.get("referrer-policy") == "same-origin", headers)
    status, headers, body = server.get("nothing/here.html")
    check("a page that is not there", status == 404 and "没有这个页面".encode() in body, body[:80])
    for hidden in (".noticeboard-manifest", ".gitignore", ".noticeboard-new/index.html", "assets/../.noticeboard-manifest", "%2e%2e/content/site.yml"):
        check(f"hidden {hidden}", server.get(hidden)[0] in (400, 404), hidden)
    style = re.search(rb'assets/site\.css\?v=\w+', page)[0].decode()
    check("a version is kept for long", "immutable" in server.get(style)[1]["cache-control"], style)
    check("without a version it is not", server.get("assets/site.css")[1]["cache-control"] == "no-cache")
    for route, kind in (("feed.xml", "application/xml"), ("latest.json", "application/json"), ("duty.ics", "text/calendar"), ("figures/disinfection.csv", "text/csv"), ("assets/site.js", "application/javascript")):
        headers = server.get(route)[1]
        check(f"type of {route}", headers["content-type"].startswith(kind) and headers["x-content-type-options"] == "nosniff", headers)
    screen = server.get("screens/hall.html")[1]
    check("policy of screens", "style-src 'self' 'unsafe-inline'" in screen["content-security-policy"] and "script" not in screen["content-security-policy"], screen)


class Versions:
    """All bytes that each page ever had, and what was answered."""

    def __init__(self, public, routes):
        self.public, self.routes = public, routes
        self.known = {route: set() for route in routes}
        self.seen = set()
        self.collect()

    def collect(self):
        for route in self.routes:
            self.known[route].add(hashlib.sha256((self.public / route).read_bytes()).digest())

    def ask(self, server, stop, coding):
        """Asks for every page again and again until it is told to stop: how many answers came, and those that were none."""
        count, bad = 0, []
        while not stop.is_set():
            for route in self.routes:
                status, headers, body = server.get(route, **({"Accept_Encoding": coding} if coding else {}))
                if headers.get("content-encoding") == "gzip":
                    body = gzip.decompress(body)
                count += 1
                if status != 200:
                    bad.append(f"{route}: {status}")
                self.seen.add((route, hashlib.sha256(body).digest()))
        return count, bad


def rebuild_under_load(program, site, server, public):
    routes = ["index.html", "notices/index.html", "notices/2026.html", "contacts.html", "figures/index.html", "notices/2026/2026-09-21-flu-vaccination.html"]
    versions = Versions(public, routes)
    (server.folder / "routes").write_text("".join(f"/{route}\n" for route in routes))
    stop = threading.Event()
    original, settings = (site / NOTICE).read_text(), (site / "content/site.yml").read_text()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        askers = [pool.submit(versions.ask, server, stop, coding) for coding in ("", "gzip")]
        load = subprocess.Popen(
            ["wrk", "-t", "1", "-c", "8", "-d", "600s", "--timeout", "10s", "-s", str(ROOT / "Tests/Serving/check.lua"), f"http://127.0.0.1:{server.port}"],
            stdout=subprocess.PIPE, text=True, env=os.environ | {"ROUTES": str(server.folder / "routes")})
        for number in range(REBUILDS):
            (site / NOTICE).write_text(original + f"\n第{number}次补充。\n" * (number % 7 + 1))
            # Now and then every page changes.
            if number % 5 == 0:
                (site / "content/site.yml").write_text(settings.replace("\ntitle: ", f"\ntitle: 第{number}次"))
            build(program, site, number)
            versions.collect()
        load.send_signal(2)
        told = load.communicate()[0]
        stop.set()
        for asker in askers:
            count, bad = asker.result()
            check("answers while the site was built", count > 100 and not bad, bad[:3])
            print(f"{count} answers compared with every version that was published")
    torn = [route for route, digest in versions.seen if digest not in versions.known[route]]
    check("every answer is a version that was published", not torn, sorted(set(torn)))
    check("versions differ", all(len(versions.known[route]) > 5 for route in (routes[0], routes[-1])), {route: len(found) for route, found in versions.known.items()})
    figures = re.search(r"wrk: (\d+) answers, (\d+) bad, (\d+) errors", told)
    check("wrk", figures and int(figures[1]) > 1000 and figures[2] == figures[3] == "0", told)
    print(figures[0] if figures else told)


def check_copy(program, site, public, folder):
    """A copy elsewhere gets what has changed, and nothing else."""
    copy, sent = folder / "copy", folder / "sent"
    shutil.copytree(public, copy)
    shutil.copy(public / ".noticeboard-manifest", sent)
    (site / NOTICE).write_text((site / NOTICE).read_text() + "\n再补充一次。\n")
    (site / "content/site.yml").write_text((site / "content/site.yml").read_text().replace("offline: true\n", ""))
    build(program, site, REBUILDS + 1)
    listed = subprocess.run([program, "changes", str(site), "--since", str(sent)], capture_output=True, text=True)
    lines = listed.stdout.splitlines()
    for line in lines:
        target = copy / line[2:]
        if line.startswith("w "):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(public / line[2:], target)
        else:
            target.unlink()
    files = lambda top: {str(path.relative_to(top)): path.read_bytes() for path in top.rglob("*") if path.is_file() and not path.name.startswith(".")}
    check("a copy elsewhere is brought up to date", files(copy) == files(public) and lines[-1].startswith("d ") and len(lines) > 3, f"{len(lines)} lines {listed.stderr}")
    print(f"{len(lines)} of {len(files(public))} files travel after a change")


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        site, public = folder / "site", folder / "site" / "public"
        for name in ("content", "templates"):
            shutil.copytree(ROOT / name, site / name)
        config = site / "content/site.yml"
        config.write_text("precompress: true\n" + config.read_text())
        build(program, site, 0)
        server = Server(folder, public)
        try:
            check_answers(server, public)
            rebuild_under_load(program, site, server, public)
        finally:
            server.stop()
        check_copy(program, site, public, folder)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

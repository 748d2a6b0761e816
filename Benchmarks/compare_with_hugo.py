"""Compares the protection of a year of reports with Hugo building as many pages.

usage: compare_with_hugo.py PROGRAM [HUGO]
PROGRAM is .build/release/statistics-benchmark. A school of 60 classes reports 8 columns of counts on 200 days: 12,000
class days, and Hugo renders a page of 2 KB for each of them (one list, no taxonomies: less than a real site). Both run in
turn; medians of three, and ratios within the run.
"""
import os, shutil, statistics, subprocess, sys, tempfile, time

ROOT = os.path.dirname(os.path.abspath(__file__))
PAGES = 12_000


def hugo_site(folder, pages):
    os.makedirs(os.path.join(folder, "content", "days"))
    os.makedirs(os.path.join(folder, "layouts", "_default"))
    open(os.path.join(folder, "hugo.toml"), "w").write('baseURL = "https://example.org/"\ntitle = "x"\ndisableKinds = ["taxonomy", "term", "rss"]\n')
    head = "<!DOCTYPE html><title>{{ .Title }}</title>"
    open(os.path.join(folder, "layouts/_default/single.html"), "w").write(head + "{{ .Content }}")
    open(os.path.join(folder, "layouts/_default/list.html"), "w").write(head + "{{ range .Pages }}<a href={{ .RelPermalink }}>{{ .Title }}</a>{{ end }}")
    body = "各班按时上报晨检结果，因病缺勤的学生由班主任电话追踪。\n\n" * 25
    for page in range(pages):
        with open(os.path.join(folder, "content", "days", f"{page}.md"), "w", encoding="utf-8") as file:
            file.write(f"---\ntitle: 第{page}页\ndate: 2026-01-01\n---\n{body}")


def timed_hugo(hugo, site, out):
    shutil.rmtree(out, ignore_errors=True)
    start = time.monotonic()
    subprocess.run([hugo, "--source", site, "--destination", out, "--quiet"], check=True, stdout=subprocess.DEVNULL)
    return (time.monotonic() - start) * 1000


def timed_ours(program, site):
    lines = subprocess.run([program, site], check=True, capture_output=True, text=True).stdout.split("\n")
    return {line.split()[0]: float(line.split()[1]) for line in lines[1:] if line}


def main():
    program, hugo = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "hugo"
    with tempfile.TemporaryDirectory() as folder:
        school, pages = os.path.join(folder, "school"), os.path.join(folder, "hugo")
        subprocess.run([sys.executable, os.path.join(ROOT, "simulate_school.py"), school, "--classes", "60", "--approved"], check=True, stdout=subprocess.DEVNULL)
        hugo_site(pages, PAGES)
        theirs, ours = [], []
        for _ in range(3):
            theirs.append(timed_hugo(hugo, pages, os.path.join(folder, "out")))
            ours.append(timed_ours(program, school))
        base = statistics.median(theirs)
        print(f"Hugo, {PAGES} pages: {base:.0f} ms")
        for name in ours[0]:
            value = statistics.median(run[name] for run in ours)
            print(f"{name}: {value:.1f} ms, {value / base:.2%} of Hugo")


if __name__ == "__main__":
    main()

# `make` installs what is missing, builds the program and builds the sample site into public/.
# `make test` installs what the tests need and runs all of them.

CHECKS := --explicit-target-dependency-import-check error -Xswiftc -use-ld=lld
RELEASE := swift build -c release --static-swift-stdlib $(CHECKS) --product noticeboard
PROGRAM = $(shell swift build -c release --static-swift-stdlib --show-bin-path)/noticeboard

.PHONY: decade-test decade site program test swift-test import-test day-test preview-test browser-test search-test channels-test attack-test rebuild-test crash-test hostile-test serving-test package-test dist fuzz sanitize bench lint format clean

# The sample school is shown as of one morning of its term, so that it is the same on every machine and day.
site: program
	$(PROGRAM) build --now 2026-11-23T08:30:00+08:00

program:
	scripts/setup.sh build
	$(RELEASE)

test: program
	scripts/setup.sh test
	$(MAKE) lint swift-test import-test rebuild-test day-test preview-test decade-test
	$(MAKE) crash-test hostile-test serving-test
	# Two at a time: browsers wait more than they work, and so does who installs.
	$(MAKE) -j2 --output-sync=target browser-test search-test channels-test attack-test package-test

swift-test:
	swift build --build-tests $(CHECKS)
	swift test --skip-build

import-test:
	python3 Tests/Import/check_import.py $(PROGRAM)

day-test:
	python3 Tests/Day/day.py $(PROGRAM)

preview-test:
	.build/browser/bin/python3 Tests/Preview/check_preview.py $(PROGRAM)

browser-test:
	.build/browser/bin/python3 Tests/Browser/check_pages.py $(PROGRAM)

search-test:
	.build/browser/bin/python3 Tests/Search/check_search.py $(PROGRAM)

channels-test:
	.build/browser/bin/python3 Tests/Channels/check_channels.py $(PROGRAM)

attack-test:
	.build/browser/bin/python3 Tests/Attack/test_attack.py $(PROGRAM)

rebuild-test:
	python3 Tests/Rebuild/test_rebuild.py $(PROGRAM)

crash-test:
	python3 Tests/Crash/test_crash.py $(PROGRAM)

hostile-test:
	python3 Tests/Hostile/test_hostile.py $(PROGRAM)
	python3 Tests/Hostile/test_extremes.py $(PROGRAM)

serving-test:
	python3 Tests/Serving/test_serving.py $(PROGRAM)

# Ten school years: the ledger grown by all of them, and real builds here and there. `make decade` builds every day, for hours.
GROW = $(dir $(PROGRAM))grow-ledger
decade-test: program
	swift build -c release --static-swift-stdlib $(CHECKS) --product grow-ledger
	python3 Tests/Decade/test_decade.py $(PROGRAM) $(GROW)

YEARS ?= 10
decade: program
	swift build -c release --static-swift-stdlib $(CHECKS) --product grow-ledger
	python3 Tests/Decade/test_decade.py $(PROGRAM) $(GROW) --every-day --years $(YEARS)

# The program and a Debian package, in .build/dist/.
MANUAL = $(dir $(PROGRAM))generate-manual
dist: program
	swift build -c release --static-swift-stdlib $(CHECKS) --product generate-manual
	scripts/dist.sh $(PROGRAM) $(MANUAL)

package-test: dist
	Tests/Package/test_package.sh .build/dist/*.deb $(PROGRAM)

# Every parser against libFuzzer, TIME seconds each, JOBS at a time; see Tests/Fuzz. FUZZ names some of them only.
TIME ?= 600
JOBS ?= 2
fuzz:
	scripts/setup.sh build
	NOTICEBOARD_FUZZ=1 swift build --scratch-path .build/fuzz -c release --product fuzz -Xswiftc -use-ld=lld
	python3 Tests/Fuzz/fuzz.py .build/fuzz/release/fuzz $(TIME) $(JOBS) $(FUZZ)

# The Swift tests under the address sanitizer, and those that work in threads under the thread sanitizer.
THREADED = SiteTests|PublisherTests|SearchTests|StaleTests|MemoryTests
sanitize:
	scripts/setup.sh build
	ASAN_OPTIONS=detect_leaks=0 swift test --sanitize address --scratch-path .build/address -Xswiftc -use-ld=lld
	swift test --sanitize thread --scratch-path .build/thread -Xswiftc -use-ld=lld --filter "$(THREADED)"

# How fast, against Hugo and against what the machine allows; see BENCHMARKS.md. SIZES and ROUNDS may be given.
SIZES ?= 1000,10000,50000
ROUNDS ?= 5
bench: program
	scripts/setup.sh bench
	python3 Benchmarks/bench.py $(PROGRAM) --sizes $(SIZES) --rounds $(ROUNDS) --hugo .build/bench/bin/hugo

lint:
	swift format lint --strict --recursive --parallel Sources Tests Plugins Package.swift

format:
	swift format --in-place --recursive --parallel Sources Tests Plugins Package.swift

clean:
	rm -rf .build

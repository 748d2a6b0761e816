import Formats
import Glibc
import Noticeboard
import Statistics

/// What `noticeboard doctor` looks at, in order.
struct Examination {
    let site: String
    let output: String
    let disk: Disk
    /// The clock, in seconds since 1970.
    let now: Int64

    var findings: [Finding] {
        [version] + libraries + [browser, fonts, zone, clock] + [space(site), space(outputAncestor)]
            + rights + [readable, published, lock, leftovers, ledger, lastBuild]
    }

    private var publisher: Publisher { Publisher(disk: disk, output: output) }

    private var outputAncestor: String { disk.kind(output) == nil ? site : output }

    private var version: Finding { fine("version", "noticeboard \(Version.text)", "noticeboard \(Version.text)") }

    /// Libraries that are loaded when they are needed only.
    private var libraries: [Finding] {
        [
            ("libzip.so.4", "libzip4", "读Excel表格（.xlsx）", "reading workbooks (.xlsx)"),
            ("libqrencode.so.4", "libqrencode4", "做二维码", "making QR codes"),
        ].map { name, package, zh, en in
            guard let library = dlopen(name, RTLD_LAZY) else {
                return noted(
                    "library", "没有\(name)，不能\(zh)。安装：apt-get install \(package)",
                    "\(name) is missing: no \(en); install \(package)")
            }
            dlclose(library)
            return fine("library", "\(name)在，用于\(zh)", "\(name) is there, for \(en)")
        }
    }

    private var browser: Finding {
        guard let chromium = Chromium.find() else {
            return noted(
                "chromium", "没有Chromium，不能用print生成PDF。安装：apt-get install chromium",
                "no Chromium: print cannot make PDF files; install chromium")
        }
        return fine("chromium", "打印用\(chromium.path)", "prints with \(chromium.path)")
    }

    private var fonts: Finding {
        let folders = ["/usr/share/fonts/opentype/noto", "/usr/share/fonts/noto-cjk", "/usr/share/fonts/truetype/wqy"]
        let found = folders.first { folder in
            (try? disk.list(folder))??.contains { $0.name.contains("CJK") || $0.name.hasPrefix("wqy") } ?? false
        }
        return found.map { fine("fonts", "中文字体在\($0)", "Chinese fonts in \($0)") }
            ?? noted(
                "fonts", "没有找到中文字体，打印会缺字。安装：apt-get install fonts-noto-cjk",
                "no Chinese fonts found, so prints lack characters; install fonts-noto-cjk")
    }

    private var zone: Finding {
        let path = Clock.file(of: TimeZone.shanghai.name)
        return disk.kind(path) == nil
            ? noted(
                "zones", "没有\(path)，只认得中国时间。安装：apt-get install tzdata",
                "\(path) is missing: only China's time is known; install tzdata")
            : fine("zones", "时区资料在", "time zones are there")
    }

    /// A clock that lies before what was built already was set back; one before this program is not set at all.
    private var clock: Finding {
        let last = BuildLog(site: site, disk: disk).last(1).first?.at ?? 0
        let written = [site, "\(site)/content", output].map { disk.stamp($0).modified / 1_000_000_000 }.max() ?? 0
        let newest = max(Int64(last), written)
        if now < 1_764_000_000 || newest > now + 120 {
            return failed(
                "clock", "时钟不对：现在是\(now)，而已有\(newest)的记录（1970年起的秒数）。请校时，最好开启NTP。",
                "the clock is wrong: it says \(now), and something was written at \(newest); set it, best with NTP")
        }
        return fine("clock", "时钟没有倒走", "the clock was not set back")
    }

    private func space(_ path: String) -> Finding {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else {
            return failed("space", "看不到\(path)的磁盘空间", "the space of \(path) cannot be read")
        }
        let free = (Int(status.f_bavail) * Int(status.f_frsize)) >> 20
        let files = status.f_files == 0 ? Int.max : Int(status.f_favail)
        let words = ("\(path)所在磁盘还有\(free) MB", "\(free) MB are free for \(path)")
        if free < 50 || files < 1000 { return failed("space", "\(words.0)，不够发布", "\(words.1): too little to publish") }
        return free < 500
            ? noted("space", "\(words.0)，快满了", "\(words.1): nearly full") : fine("space", words.0, words.1)
    }

    private var rights: [Finding] {
        if let strange = strangers {
            return [
                failed(
                    "rights", "\(strange)不属于网站文件夹的主人（是不是用root运行过？）：chown -R",
                    "\(strange) belongs to somebody else than the site's folder (was it built as root?): chown -R")
            ]
        }
        let folders = ([site, output, "\(site)/\(MemoryFile.folder)"] + outputFolders).filter { disk.kind($0) != nil }
        let closed = folders.filter { !disk.isWritable($0) }.prefix(3).map { path in
            failed(
                "rights", "不能写\(path)：请用拥有它的用户运行，或改权限",
                "\(path) cannot be written: run as its owner, or change its rights")
        }
        let open = [MemoryFile.folder, PrivateFolder.name].compactMap { name -> Finding? in
            var status = stat()
            guard lstat("\(site)/\(name)", &status) == 0, status.st_mode & 0o077 != 0 else { return nil }
            return failed(
                "rights", "\(name)/别人也能读，里面有内部数据。运行：chmod 700 \(site)/\(name)",
                "\(name)/ can be read by others and holds internal data: chmod 700 \(site)/\(name)")
        }
        return closed.isEmpty && open.isEmpty
            ? [fine("rights", "文件夹权限正确", "the folders' rights are right")] : closed + open
    }

    /// All folders and files that must belong to whoever builds.
    private var strangers: String? {
        let keeper = owner(of: site)
        let kept = "\(site)/\(MemoryFile.folder)"
        let inside = ((try? disk.list(kept)) ?? nil)?.map { "\(kept)/\($0.name)" } ?? []
        let places = [kept, output, "\(output)/\(Manifest.name)"] + inside + outputFolders
        return places.first { disk.kind($0) != nil && owner(of: $0) != keeper }
    }

    private var outputFolders: [String] {
        guard let manifest = (try? publisher.manifest()) ?? nil else { return [] }
        return Publisher.folders(of: (0..<manifest.count).map(manifest.route)).map { "\(output)/\($0)" }
    }

    private func owner(of path: String) -> uid_t? {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_uid : nil
    }

    private var readable: Finding {
        if disk.kind("\(site)/content/site.yml") != .file {
            return failed("content", "没有content/site.yml", "content/site.yml is missing")
        }
        let inventory = try? Inventory.taken(of: site, folders: Scan.folders, jobs: 1)
        guard let inventory else {
            return failed("content", "内容读不出来，检查权限", "the content cannot be read: check its rights")
        }
        let closed = (0..<inventory.count).first { access("\(site)/\(inventory.paths[$0])", R_OK) != 0 }
        return closed.map {
            failed(
                "content", "读不了\(inventory.paths[$0])，检查权限", "\(inventory.paths[$0]) cannot be read: check its rights")
        } ?? fine("content", "内容都能读", "all content can be read")
    }

    private var published: Finding {
        guard disk.kind(output) == .folder else { return fine("published", "还没有发布过", "nothing was published yet") }
        do {
            let isEmpty = (try disk.list(output) ?? []).allSatisfy { $0.name.hasPrefix(".") }
            if try publisher.manifest() == nil, !isEmpty {
                return failed(
                    "published", "输出文件夹的清单不见了：用-o另生成一份，再换过来",
                    "the output's manifest is gone: build into another folder with -o and exchange them")
            }
        } catch {
            return failed(
                "published", "输出文件夹的清单已损坏：用-o另生成一份，再换过来",
                "the output's manifest is damaged: build into another folder with -o and exchange them")
        }
        var status = stat()
        if lstat(output, &status) == 0, status.st_mode & 0o005 != 0o005 {
            return noted(
                "published", "\(output)别人读不了，网页服务器可能也读不了：chmod -R a+rX",
                "\(output) is closed to others, perhaps to the web server: chmod -R a+rX")
        }
        return fine("published", "输出文件夹完整", "the output folder is whole")
    }

    /// The kernel drops a lock when its process ends, so one that is held is never stale.
    private var lock: Finding {
        guard disk.kind(output) == .folder else { return fine("lock", "还没有发布过", "nothing was published yet") }
        guard let lock = try? Lock(output) else {
            return noted("lock", "现在有另一个noticeboard在生成这个网站", "another noticeboard is building this site now")
        }
        lock.release()
        return fine("lock", "没有别的生成在进行", "no other build is at work")
    }

    private var leftovers: Finding {
        if publisher.hasBegun {
            return noted(
                "journal", "上一次发布被打断；下一次生成会接着完成", "the last publication was cut off; the next build completes it")
        }
        let isLeft = [publisher.asidePath, publisher.siblingPath].contains { disk.kind($0) != nil }
        return isLeft
            ? noted("leftovers", "有没用完的临时文件；下一次生成会清理", "unfinished files lie about; the next build clears them")
            : fine("leftovers", "没有中断的发布", "no publication was cut off")
    }

    private var ledger: Finding {
        if let size = LedgerSize(site: site, disk: disk) { return fine("ledger", size.zh, size.en) }
        let isNeeded = (try? publisher.manifest())??.ledger != nil
        return isNeeded
            ? failed(
                "ledger", "台账\(Ledger.folder)不见了，请从备份恢复",
                "the ledger \(Ledger.folder) is gone: restore it from the backup")
            : fine("ledger", "还没有公布过人数", "no counts were published yet")
    }

    private var lastBuild: Finding {
        guard let last = BuildLog(site: site, disk: disk).last(1).first else {
            return noted("build", "还没有生成过", "nothing was built yet")
        }
        if last.isRollback {
            return noted(
                "build", "现在是恢复的上一次网站；下一次生成会发布现在的内容",
                "the previous site is shown; the next build publishes the content as it is")
        }
        let words = ("上次生成：\(last.verdict.zh)", "last build: \(last.verdict.en)")
        return last.status == 0 ? fine("build", words.0, words.1) : noted("build", words.0, words.1)
    }
}

private func fine(_ id: String, _ zh: String, _ en: String) -> Finding {
    Finding(verdict: .fine, id: id, zh: zh, en: en)
}
private func noted(_ id: String, _ zh: String, _ en: String) -> Finding {
    Finding(verdict: .noted, id: id, zh: zh, en: en)
}
private func failed(_ id: String, _ zh: String, _ en: String) -> Finding {
    Finding(verdict: .failed, id: id, zh: zh, en: en)
}

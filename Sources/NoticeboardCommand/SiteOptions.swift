import ArgumentParser
import Formats
import Glibc
import Noticeboard
import Templates

/// What commands know of the site that they work on. Most take its folder as an argument; those whose arguments are something
/// else take it as an option.
protocol SiteChoice {
    var folder: String { get }
    var common: CommonOptions { get }
}

/// What every command takes: as of when, with how many threads, and how diagnostics are written.
struct CommonOptions: ParsableArguments {
    @Option(
        name: .customLong("site"), help: "The site's folder (the one that holds content/). Default: the current folder."
    )
    var site: String?

    @Option(help: "The moment to build for: RFC 3339, or a date, which means 00:00 there. Default: the clock's.")
    var now: String?

    @Option(help: "Threads. Default: one for each core.")
    var jobs: Int?

    @Option(help: "How diagnostics are written: text, line or json.")
    var format: DiagnosticFormat = .text

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1.") }
        if let now, Clock.reading(now) == nil {
            throw ValidationError(
                "--now要写2026-11-23或2026-11-23T08:30:00+08:00的样子。 --now must be RFC 3339 (2026-11-23T08:30:00+08:00) or a date (2026-11-23)."
            )
        }
    }
}

/// The same, with the site's folder as an argument.
struct SiteOptions: ParsableArguments, SiteChoice {
    @Argument(help: "The site's folder (the one that holds content/). Default: the current folder.")
    var site: String?

    @OptionGroup var common: CommonOptions

    /// The site's own output: what is published there is remembered in the ledger.
    static let ownOutput = "public"

    var folder: String { common.site ?? site ?? "." }

    func validate() throws {
        if site != nil, common.site != nil { throw ValidationError("Give the site once, as SITE or with --site.") }
    }
}

/// Where the site is published.
struct OutputChoice: ParsableArguments {
    @Option(name: [.customShort("o"), .customLong("output")], help: "The output folder, relative to the site.")
    var output = SiteOptions.ownOutput

    func path(in site: String) -> String { output.hasPrefix("/") ? output : "\(site)/\(output)" }

    func publisher(of site: String, _ disk: Disk) throws -> Publisher {
        try Publisher.into(path(in: site), site: site, disk: disk)
    }
}

extension SiteChoice {
    var now: String? { common.now }

    var format: DiagnosticFormat { common.format }

    var threads: Int { max(1, min(common.jobs ?? sysconf(Int32(_SC_NPROCESSORS_ONLN)), 64)) }

    func loader(_ disk: Disk) -> SiteLoader { SiteLoader(jobs: threads) { Clock.zone($0, disk: disk) } }

    /// What lies in the site's folder.
    func inventory(_ disk: Disk) throws -> Inventory {
        guard disk.kind(folder) != nil else {
            throw Refusal(zh: "没有“\(folder)”这个文件夹。", en: "There is no folder “\(folder)”.")
        }
        guard disk.kind(disk.resolved(folder) ?? folder) == .folder else {
            throw Refusal(
                zh: "“\(folder)”是一个文件；这里要写网站的文件夹（里面有content/的那个），在那个文件夹里运行就不用写。整个网站会一起检查。",
                en:
                    "“\(folder)” is a file; name the site's folder, the one that holds content/, or nothing where you are in it. The whole site is looked at."
            )
        }
        // A file may go while its folder is looked through: editors save by writing another and renaming it.
        for _ in 0..<3 {
            do {
                return try Inventory.taken(of: folder, folders: Scan.folders, jobs: threads)
            } catch let failure as MachineFailure where failure.code == ENOENT {
                continue
            }
        }
        return try Inventory.taken(of: folder, folders: Scan.folders, jobs: threads)
    }

    /// The site's files, to be read when they are needed.
    func tree(_ disk: Disk) throws -> (tree: SourceTree, diagnostics: [Diagnostic]) {
        Scan.tree(try inventory(disk), of: folder, disk: disk)
    }
}

extension CommonOptions: SiteChoice {
    var folder: String { site ?? "." }
    var common: CommonOptions { self }
}

extension DiagnosticFormat: ExpressibleByArgument {}

/// A day, in any of the ways that people write one.
extension Day: ExpressibleByArgument {
    public init?(argument: String) {
        switch DateReading(argument) {
        case .day(let day): self = day
        case .yearMissing:
            // 11月27日: of this year, or of the last one where that is still to come.
            let today = TimeZone.shanghai.local(Moment(seconds: time(nil))).day
            let years = [today.year, today.year - 1].compactMap { year -> Day? in
                if case .day(let day) = DateReading("\(year)年\(argument)") { day } else { nil }
            }
            guard let day = years.first(where: { $0 <= today }) ?? years.first else { return nil }
            self = day
        default: return nil
        }
    }
}

/// The clock, and the time zones of the machine.
enum Clock {
    /// The moment that `--now` names in a time zone; the clock's when nothing is given.
    static func now(_ text: String?, in zone: TimeZone) -> Moment {
        guard let text, let (local, offset) = reading(text) else { return Moment(seconds: time(nil)) }
        return (offset.map { TimeZone(name: "", offset: $0) } ?? zone).moment(local)
    }

    static func reading(_ text: String) -> (LocalTime, offset: Int?)? {
        switch DateReading(text) {
        case .day(let day): (LocalTime(day), nil)
        case .moment(let local, let offset): (local, offset)
        default: nil
        }
    }

    /// Where the machine keeps a zone.
    static func file(of zone: String) -> String { "/usr/share/zoneinfo/\(zone)" }

    /// The clock in nanoseconds, as file systems write it.
    static var nanoseconds: Int64 {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
    }

    /// A zone by its name, from the machine's zone files; China's is known without them.
    static func zone(_ name: String, disk: Disk) -> TimeZone? {
        let isPlain = name.allSatisfy { $0.isLetter || $0.isNumber || "/_+-".contains($0) }
        if isPlain, !name.hasPrefix("/"), let bytes = try? disk.read(file(of: name)),
            let zone = TimeZone(name: name, tzif: bytes)
        {
            return zone
        }
        return name == "Asia/Shanghai" ? .shanghai : nil
    }
}

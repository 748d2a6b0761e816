import ArgumentParser
import Formats
import Glibc
import Noticeboard

struct PrintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "print", abstract: "Turns published sheets for the board into PDF, with Chromium.")

    @Argument(help: "Routes to print, such as notices/2026/a/print.html. Default: all sheets for the board.")
    var routes: [String] = []

    @Option(name: .customLong("site"), help: "The site's folder. Default: the current folder.")
    var site = "."

    @Option(name: .customLong("from"), help: "The published site, relative to the site.")
    var from = SiteOptions.ownOutput

    @Option(
        name: [.customShort("o"), .customLong("output")], help: "The folder for the PDF files, relative to the site.")
    var output = "pdf"

    func run() throws {
        let disk = Disk.real
        let from = disk.resolvedAncestor(of: absolute(self.from))
        let published = try published(in: from, disk)
        let chosen = routes.isEmpty ? published.filter(SitePlan.isSheet) : routes
        guard let chromium = Chromium.find() else { throw MissingProgram.chromium }
        for route in chosen {
            guard published.contains(route), route.hasSuffix(".html"), disk.kind("\(from)/\(route)") == .file else {
                throw notPublished(route)
            }
            let target = "\(absolute(output))/\(route.hasSuffix(".html") ? String(route.dropLast(5)) : route).pdf"
            try disk.makeFolder(folder(of: target))
            try chromium.print(from: "\(from)/\(route)", to: disk.resolvedAncestor(of: target))
            Terminal.output(target)
        }
    }

    /// The routes of the last publication.
    private func published(in folder: String, _ disk: Disk) throws -> [String] {
        guard disk.kind("\(folder)/\(Manifest.name)") == .file,
            let manifest = Manifest(try disk.read("\(folder)/\(Manifest.name)"))
        else {
            throw Refusal(
                zh: "\(folder)里没有发布过的网站，请先运行noticeboard build。",
                en: "There is no published site in \(folder); run noticeboard build first.")
        }
        return (0..<manifest.count).map(manifest.route)
    }

    private func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : "\(site)/\(path)" }

    private func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    private func notPublished(_ route: String) -> Refusal {
        Refusal(
            zh: "没有发布过“\(route)”这个网页。路径从网站根算起，例如notices/2026/a/print.html。",
            en: "“\(route)” is no published page. Routes begin at the site's root, such as notices/2026/a/print.html.")
    }
}

/// A program of the machine that a command needs and that is not there.
struct MissingProgram: Error {
    let lines: [String]

    static let qrencode = MissingProgram(lines: [
        "缺少二维码程序库libqrencode，没有发布。安装：sudo apt-get install libqrencode4",
        "The library libqrencode is missing, so nothing was published; install libqrencode4.",
    ])

    static let chromium = MissingProgram(lines: [
        "要打印成PDF，需要Chromium浏览器。安装：sudo apt-get install chromium fonts-noto-cjk；也可以在任何浏览器里打开张贴版网页直接打印。",
        "Printing to PDF needs Chromium. Install it with: sudo apt-get install chromium fonts-noto-cjk; or print the page from any browser.",
    ])
}

/// The browser that prints.
struct Chromium {
    let path: String

    /// The first of its usual names on the path.
    static func find() -> Chromium? {
        let folders = (getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin").split(separator: ":")
        for name in ["chromium", "chromium-browser", "google-chrome"] {
            for folder in folders where access("\(folder)/\(name)", X_OK) == 0 {
                return Chromium(path: "\(folder)/\(name)")
            }
        }
        return nil
    }

    /// Prints a file as the page itself wants it: size and margins are the style sheet's.
    func print(from page: String, to target: String) throws {
        // Nobody else's page is opened; root, as in a container, cannot use the sandbox.
        let own = geteuid() == 0 ? ["--no-sandbox"] : []
        let arguments =
            [path, "--headless", "--disable-gpu", "--no-pdf-header-footer", "--print-to-pdf=\(target)"] + own
            + ["file://\(percentEncoded(page))"]
        unlink(target)
        let status = run(arguments)
        guard status == 0, access(target, R_OK) == 0 else { throw MachineFailure(path: target, code: EIO) }
    }

    /// Runs a program to its end, its words thrown away; its exit status.
    private func run(_ arguments: [String]) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor: Int32 in [1, 2] {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
        }
        let words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process = pid_t()
        guard posix_spawn(&process, path, &actions, nil, words, environ) == 0 else { return -1 }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 { if errno != EINTR { return -1 } }
        return status
    }
}

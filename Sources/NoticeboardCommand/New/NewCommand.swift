import ArgumentParser
import Formats
import Noticeboard
import Templates

struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Makes a new site, or one correct file to start from; never overwrites anything.",
        subcommands: [
            NewSiteCommand.self, NewNoticeCommand.self, NewTeamCommand.self, NewPageCommand.self, NewDayCommand.self,
        ])
}

extension NewFiles {
    /// What the program carries.
    static func carried(on today: Day) -> NewFiles {
        func texts(_ files: [CarriedTemplate], below folder: String) -> [String: String] {
            let own = files.filter { $0.path.hasPrefix(folder) }
            return Dictionary(own.map { (String($0.path.dropFirst(folder.count)), "\($0.text)") }) { first, _ in first }
        }
        return NewFiles(
            templates: texts(EmbeddedTemplates.files, below: "new/"), sample: texts(EmbeddedSample.files, below: ""),
            today: today)
    }
}

/// Writes files that are not there yet, all or none.
struct NewFileWriter {
    let disk: Disk
    let folder: String
    let format: DiagnosticFormat

    func write(_ files: [(path: String, bytes: [UInt8])]) throws {
        for (path, _) in files where disk.kind("\(folder)/\(path)") != nil {
            throw Refusal(
                zh: "“\(shown(path))”已经有了，没有覆盖。", en: "“\(shown(path))” is there already and was not overwritten.")
        }
        for (path, bytes) in files {
            let target = "\(folder)/\(path)"
            if let parent = Publisher.folders(target).first { try disk.makeFolder(parent) }
            try disk.write(target, bytes, true)
        }
        let first = shown(files.first?.path ?? "")
        let (zh, en) =
            files.count == 1
            ? ("已建立\(first)。", "created \(first)") : ("已建立\(files.count)个文件。", "created \(files.count) files")
        Report.summary(
            zh, en, [("created", "[\(files.map { jsonString($0.path) }.joined(separator: ","))]")], as: format)
    }

    private func shown(_ path: String) -> String { folder == "." ? path : "\(folder)/\(path)" }

    func write(_ path: String, _ text: String) throws { try write([(path, Array(text.utf8))]) }
}

extension SiteChoice {
    /// The site as far as it can be read, and today in its time zone.
    func loaded(_ disk: Disk) throws -> (site: Site, today: Day) {
        let moment = now
        let (site, _) = try loader(disk).load(try tree(disk).tree) { Clock.now(moment, in: $0) }
        if site.configuration.name.isEmpty {
            throw Refusal(
                zh: "“\(folder)”里没有能用的content/site.yml；先用noticeboard new site建立网站，或用--site指出。",
                en:
                    "There is no usable content/site.yml in “\(folder)”; make a site with noticeboard new site, or name it with --site."
            )
        }
        let zone = site.configuration.zone
        return (site, zone.local(Clock.now(moment, in: zone)).day)
    }

    var writer: NewFileWriter { NewFileWriter(disk: .real, folder: folder, format: format) }
}

/// Refuses a name that is none of some.
func known(_ name: String?, among names: [String], _ zh: String, _ en: String) throws {
    guard let name, !names.contains(name) else { return }
    let fix = NearMiss.fix(for: name, among: names)
    throw Refusal(zh: "没有\(zh)“\(name)”。\(fix.zh)", en: "There is no \(en) “\(name)”. \(fix.en)")
}

/// The id of something that is given by its id or its name; refused where it is neither.
func id(
    of given: String?, among known: [(id: String, name: String)], _ zh: String, _ en: String
) throws -> String? {
    guard let given else { return nil }
    if let found = known.first(where: { $0.id == given || $0.name == given }) { return found.id }
    let fix = NearMiss.fix(for: given, among: known.flatMap { [$0.name, $0.id] })
    throw Refusal(zh: "没有\(zh)“\(given)”。\(fix.zh)", en: "There is no \(en) “\(given)”. \(fix.en)")
}

/// Refuses a title or name of nothing but blanks.
func written(_ text: String) throws {
    if text.contains(where: \.isNewline) { throw Refusal(zh: "名称要写在一行里。", en: "A name is one line.") }
    if text.trimmed.isEmpty { throw Refusal(zh: "名称不能空着。", en: "A name cannot be blank.") }
}

/// Refuses a name that cannot be part of an address.
func plainName(_ name: String?) throws {
    guard let name else { return }
    let isPlain =
        !name.isEmpty && name.utf8.count <= 64
        && name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-") }
    if !isPlain {
        throw Refusal(
            zh: "“\(name)”要作网址，只能用小写英文字母、数字和连字符，例如winter-flu。",
            en: "“\(name)” becomes part of an address: use small letters, digits and hyphens, such as winter-flu.")
    }
}

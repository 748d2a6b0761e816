import Foundation
import PackagePlugin

/// Carries every file below `templates/` into the program, as `EmbeddedTemplates.files`, and what a new school's site is made
/// from, out of the sample school's `content/`, as `EmbeddedSample.files`; into `Privacy` its lists of words, as `EmbeddedWords.files`.
@main
struct EmbedTemplates: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
        let package = context.package.directoryURL
        if target.name == "Privacy" {
            let words = package.appending(path: "Sources/Privacy/Words")
            return [try command("EmbeddedWords", of: words, files(words), context)]
        }
        let content = package.appending(path: "content")
        let sample =
            files(content.appending(path: "teams")) + files(content.appending(path: "pages"))
            + ["entry-application.csv", "home-temperature.csv"].map { content.appending(path: "files/\($0)") }
            + ["organisation.yml", "statistics/datasets.yml"].map { content.appending(path: $0) }
        let templates = package.appending(path: "templates")
        return [
            try command("EmbeddedTemplates", of: templates, files(templates), context),
            try command("EmbeddedSample", of: content, sample, context),
        ]
    }

    private func files(_ folder: URL) -> [URL] {
        let enumerator = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
        return (enumerator?.allObjects as? [URL] ?? []).filter { !$0.hasDirectoryPath }.sorted { $0.path < $1.path }
    }

    private func command(_ name: String, of root: URL, _ files: [URL], _ context: PluginContext) throws -> Command {
        let output = context.pluginWorkDirectoryURL.appending(path: "\(name).swift")
        return .buildCommand(
            displayName: "Embedding \(root.lastPathComponent)",
            executable: try context.tool(named: "embed-templates").url,
            arguments: [output.path, name, root.path] + files.map(\.path), inputFiles: files, outputFiles: [output])
    }
}

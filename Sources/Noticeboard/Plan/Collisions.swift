import Formats

/// Routes that are one file on some disk or stick: equal but for case or Unicode's normal form.
struct Collisions {
    let outputs: [Output]
    /// Of the outputs.
    let routes: NameList
    let site: Site

    /// An error for every route that another output claims as well.
    var diagnostics: [Diagnostic] {
        let keys = keys
        let sorted = keys.sorted()
        if zip(sorted, sorted.dropFirst()).allSatisfy({ $0 != $1 }) { return [] }
        var last: [UInt64: Int] = [:]
        return keys.indices.compactMap { index in
            guard let other = last.updateValue(index, forKey: keys[index]),
                outputs[index].route.lowercased() == outputs[other].route.lowercased()
            else { return nil }
            return error(index, other)
        }
    }

    /// A number for each route; routes that are one file have the same.
    private var keys: [UInt64] {
        // Most routes are ASCII, and these are looked at as they lie side by side.
        let lower = routes.bytes.map { $0 &- 65 < 26 ? $0 | 32 : $0 }
        return lower.withUnsafeBytes { lower in
            (0..<routes.count).map { index in
                let route = UnsafeRawBufferPointer(rebasing: lower[routes.range(index)])
                return route.contains { $0 >= 0x80 } ? Collisions.key(routes[index]) : Fingerprint(route).value
            }
        }
    }

    private static func key(_ route: String) -> UInt64 {
        let lower = route.lowercased()
        // Swift's hash of a text is that of its normal form. Of some letters the lower-case form is ASCII: the Kelvin sign is k.
        return lower.utf8.allSatisfy { $0 < 0x80 }
            ? Fingerprint(lower).value : UInt64(bitPattern: Int64(lower.hashValue))
    }

    private func error(_ index: Int, _ other: Int) -> Diagnostic {
        let source = [index, other].compactMap { outputs[$0].source(in: site) }.first
        let route = outputs[other].route
        return Diagnostic(
            .error, "plan.collision", in: source ?? outputs[index].route, "有两处内容都要生成“\(route)”。",
            "Two outputs claim the route “\(route)”.", fix: .init("给其中一个文件改名。", "Rename one of the files."))
    }
}

/// The public list of all files with their SHA-256, which `sha256sum -c` reads (GNU coreutils, "cksum output modes").
public enum Checksums {
    public static let route = "sha256sums.txt"
}

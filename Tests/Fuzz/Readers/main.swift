import Foundation
import FuzzTargets

// libFuzzer's loop: it calls back with one input after another, led by the code that each of them reached.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

let folder = try makeFuzzFolder()
atexit { try? FileManager.default.removeItem(atPath: folder) }
let fuzz = ReaderFuzz(folder: folder)

var count = CommandLine.argc
var arguments = CommandLine.unsafeArgv
exit(
    runDriver(&count, &arguments) { start, size in
        let input = Array(UnsafeBufferPointer(start: start, count: size))
        // libFuzzer keeps the input that ends the process.
        if let complaint = try? fuzz.complaint(about: input) { fatalError(complaint) }
        return 0
    })

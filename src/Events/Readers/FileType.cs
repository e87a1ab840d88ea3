using System.Runtime.InteropServices;

namespace Karst.Events;

/// <summary>Tells files from pipes, sockets and devices, which the framework's file API does not.</summary>
static partial class FileType
{
    const int CurrentFolder = -100;
    const uint TypeBits = 1;

    /// <summary>Not a regular file: opening it may wait for ever. Where the system cannot be asked, false.</summary>
    public static bool IsSpecial(string path)
    {
        try
        {
            // Pipes, sockets and devices have no length: only files of length 0 need the question.
            if (!OperatingSystem.IsLinux() || Target(path).Length > 0) return false;
            // struct statx is the same on every architecture: stx_mode is the 16-bit word at byte 28.
            var status = new byte[256];
            if (Query(CurrentFolder, path, 0, TypeBits, status) != 0) return false;
            return (BitConverter.ToUInt16(status, 28) & 0xF000) is not (0x8000 or 0x4000);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    // The length of a link is that of its own text.
    static FileInfo Target(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is null ? file : (FileInfo)file.ResolveLinkTarget(returnFinalTarget: true)!;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Query(int folder, string path, int flags, uint mask, [Out] byte[] status);
}

using System.ComponentModel;
using System.Diagnostics;

namespace Karst.App.Testing;

/// <summary>The files that differ from a git revision, those that git does not know among them.</summary>
static class ChangedFiles
{
    /// <summary>Full paths; asks the git repository that the path lies in. A revision that git does not know is a <see cref="UsageException"/>.</summary>
    public static IReadOnlySet<string> Since(string revision, string path)
    {
        if (revision.StartsWith('-')) throw new UsageException($"`--changed {revision}` is no revision");
        var folder = Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";
        var root = Git(folder, "rev-parse", "--show-toplevel").Trim();
        var names = Git(root, "diff", "--name-only", "-z", revision, "--").Split('\0').Concat(Git(root, "ls-files", "-z", "--others", "--exclude-standard").Split('\0'));
        return names.Where(static name => name.Length > 0).Select(name => Path.GetFullPath(Path.Combine(root, name))).ToHashSet(StringComparer.Ordinal);
    }

    static string Git(string folder, params string[] arguments)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["-C", folder, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = git.StandardError.ReadToEndAsync();
            var output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? output : throw new UsageException($"`--changed`: git says: {errors.Result.Trim()}");
        }
        catch (Win32Exception)
        {
            throw new UsageException("`--changed` needs git, which was not found");
        }
    }
}

using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Fpe.Generators.Tests.Support;

/// <summary>
/// Compares text with a recorded file beside the test, with the file convention of Verify: <c>Type.Method.verified.cs</c>.
/// On a difference it writes <c>Type.Method.received.cs</c>; whoever agrees with that renames it. The tests of other files that are written
/// use it, too.
/// </summary>
/// <remarks>Verify.Xunit's newest is still not to be had (its Verify is not served).</remarks>
internal static partial class Snapshot
{
    public static void Match(string text, string extension = "cs", [CallerFilePath] string testFile = "", [CallerMemberName] string method = "")
    {
        string received = ToolVersion().Replace(text.ReplaceLineEndings("\n"), "$1<version>$2");
        string stem = Path.Combine(Path.GetDirectoryName(testFile)!, $"{Path.GetFileNameWithoutExtension(testFile)}.{method}");
        string verifiedFile = $"{stem}.verified.{extension}";
        string receivedFile = $"{stem}.received.{extension}";
        string verified = File.Exists(verifiedFile) ? File.ReadAllText(verifiedFile).ReplaceLineEndings("\n") : string.Empty;
        if (received == verified)
        {
            File.Delete(receivedFile);
            return;
        }

        File.WriteAllText(receivedFile, received);
        Assert.Fail($"{Path.GetFileName(verifiedFile)} differs; if {Path.GetFileName(receivedFile)} is right, rename it.\n"
            + Difference(verified.Split('\n'), received.Split('\n')));
    }

    /// <summary>The lines between the first and the last that differ.</summary>
    private static string Difference(string[] verified, string[] received)
    {
        int start = 0;
        while (start < verified.Length && start < received.Length && verified[start] == received[start])
            start++;
        int tail = 0;
        while (tail < verified.Length - start && tail < received.Length - start && verified[^(tail + 1)] == received[^(tail + 1)])
            tail++;

        var text = new StringBuilder().Append("@@ line ").Append(start + 1).AppendLine(" @@");
        foreach (string line in verified[start..^tail])
            text.Append("- ").AppendLine(line);
        foreach (string line in received[start..^tail])
            text.Append("+ ").AppendLine(line);
        return text.ToString();
    }

    [GeneratedRegex("""(GeneratedCode\("Fpe\.Generators", ")[^"]*("\))""")]
    private static partial Regex ToolVersion();
}

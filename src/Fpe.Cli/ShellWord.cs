namespace Fpe.Cli;

/// <summary>Arguments of a command line as text.</summary>
internal static class ShellWord
{
    /// <summary>Returns an argument as a POSIX shell reads it back.</summary>
    public static string Quote(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsLetterOrDigit(c) || "-_=+./:,@%".Contains(c, StringComparison.Ordinal))
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

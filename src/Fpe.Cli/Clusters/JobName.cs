namespace Fpe.Cli.Clusters;

/// <summary>Names of jobs and images.</summary>
internal static class JobName
{
    // A DNS label of Kubernetes has at most 63 characters, of which suffixes need some.
    private const int MaximumLength = 40;

    /// <summary>Returns a name that Slurm, Kubernetes and container registries accept: <c>fpe-paper</c>.</summary>
    /// <param name="program">The name of the program, which can be anything.</param>
    public static string Of(string program)
    {
        string word = string.Concat(program.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        return $"fpe-{word[..Math.Min(word.Length, MaximumLength)]}".TrimEnd('-');
    }
}

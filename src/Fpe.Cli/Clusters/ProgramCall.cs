namespace Fpe.Cli.Clusters;

/// <summary>How a program was started, so that a cluster can start it in the same way.</summary>
/// <param name="Program">The program and, if it is the host of .NET, the assembly.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record ProgramCall(IReadOnlyList<string> Program, IReadOnlyList<string> Arguments)
{
    private const string Host = "dotnet";
    private static readonly string[] Extensions = [".dll", ".exe"];

    /// <summary>How this process was started.</summary>
    public static ProgramCall OfThisProcess
    {
        get
        {
            string[] words = Environment.GetCommandLineArgs();
            string path = Environment.ProcessPath!;
            string[] program = NameOf(path) == Host ? [Host, Path.GetFullPath(words[0])] : [path];
            return new ProgramCall(program, words[1..]);
        }
    }

    /// <summary>Returns the name of a program: that of its file without the extension of an assembly or an executable file.</summary>
    /// <param name="path">The file. Its name can contain dots, as in <c>My.Study</c>, which has no extension.</param>
    public static string NameOf(string path)
    {
        string file = Path.GetFileName(path);
        string? extension = Array.Find(Extensions, extension => file.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
        return extension is null ? file : file[..^extension.Length];
    }

    /// <summary>Returns the call without options that have a value.</summary>
    /// <param name="names">The names of the options.</param>
    public ProgramCall Without(params IEnumerable<string> names)
    {
        var kept = new List<string>();
        for (int word = 0; word < Arguments.Count; word++)
        {
            if (names.Contains(Arguments[word]))
                word++;
            else if (!names.Any(name => Arguments[word].StartsWith(name + "=", StringComparison.Ordinal) || Arguments[word].StartsWith(name + ":", StringComparison.Ordinal)))
                kept.Add(Arguments[word]);
        }

        return this with { Arguments = kept };
    }

    /// <summary>Returns the call with another value of an option.</summary>
    public ProgramCall With(string name, string value) => this with { Arguments = [.. Without(name).Arguments, name, value] };

    /// <summary>Returns the call as a shell reads it.</summary>
    public override string ToString() => string.Join(' ', Program.Concat(Arguments).Select(ShellWord.Quote));
}

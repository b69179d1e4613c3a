using System.Text.RegularExpressions;

namespace Fpe.Architecture.Tests;

/// <summary>The tables of docs/architecture.md that say what the sources have to be.</summary>
internal static class ArchitectureDocument
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "architecture.md"));

    /// <summary>The modules, each after those that it may use.</summary>
    public static IReadOnlyList<Module> Modules { get; } = ReadModules();

    /// <summary>Uses of a later module, which make a circle.</summary>
    public static IReadOnlyList<(string Module, string Used)> Untangled { get; } =
        [.. Rows("| module | still uses |").Select(row => (Names(row[0]).Single(), Names(row[1]).Single()))];

    /// <summary>The namespaces of modules whose files are not all in the namespace of their folder.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Namespaces { get; } =
        Rows("| module | namespaces |").ToDictionary(row => Names(row[0]).Single(), row => Names(row[1]));

    private static Module[] ReadModules()
    {
        string[][] rows = [.. Rows("| module | may use |")];
        HashSet<string> names = [.. rows.Select(row => Names(row[0]).Single())];
        return [.. rows.Select(row => new Module(Names(row[0]).Single(), [.. Names(row[1]).Select(name => FullName(Names(row[0]).Single(), name, names))]))];
    }

    /// <summary>Within a project the table leaves its name out.</summary>
    private static string FullName(string module, string name, HashSet<string> names)
    {
        string inProject = $"{module.Split('/')[0]}/{name}";
        return names.Contains(inProject) ? inProject : name;
    }

    private static IEnumerable<string[]> Rows(string header)
    {
        int first = Array.FindIndex(Lines, line => line.StartsWith(header, StringComparison.Ordinal));
        Assert.True(first >= 0, $"docs/architecture.md has no table that begins with {header}");
        return Lines.Skip(first + 2).TakeWhile(line => line.StartsWith('|')).Select(line => line.Split('|')[1..]);
    }

    private static IReadOnlyList<string> Names(string cell) => [.. Regex.Matches(cell, "`([^`]+)`").Select(match => match.Groups[1].Value)];
}

using System.Text.RegularExpressions;

namespace Samples.Paper.Report.Html;

/// <summary>The stylesheets of the report, which are next to this file and embedded in the assembly.</summary>
internal static partial class Stylesheet
{
    private static readonly string Colours = Read("colours.css");
    private static readonly string Drawings = Read("drawing.css");

    /// <summary>The stylesheet of the page.</summary>
    public static string OfPage { get; } = Colours + Drawings + Read("report.css");

    /// <summary>The stylesheet of a drawing in a file of its own: the colours of the light theme on white paper, as numbers.</summary>
    public static string OfFiles { get; } = WithColours(Drawings);

    private static string WithColours(string style)
    {
        // Those of the light theme come first.
        ILookup<string, string> values = Definition().Matches(Colours).ToLookup(match => match.Groups[1].Value, match => match.Groups[2].Value);
        return Use().Replace(style, match => match.Groups[1].Value == "panel" ? values["page"].First() : values[match.Groups[1].Value].First());
    }

    private static string Read(string name)
    {
        using Stream stream = typeof(Stylesheet).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("--([a-z0-9]+): ([^;]+);")]
    private static partial Regex Definition();

    [GeneratedRegex(@"var\(--([a-z0-9]+)\)")]
    private static partial Regex Use();
}

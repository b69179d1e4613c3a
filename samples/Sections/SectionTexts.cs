using System.IO.Compression;

namespace Samples.Sections;

/// <summary>One-line descriptions of Debian packages with the archive section of each; samples/Paper/Data/README.md names their source.</summary>
/// <param name="Texts">The descriptions.</param>
/// <param name="Labels">The section of each.</param>
internal sealed record SectionTexts(string[] Texts, string[] Labels)
{
    private const string Resource = "sections.tsv.gz";

    /// <summary>One description in five is held out: the lines are in shuffled order.</summary>
    private const int TestShare = 5;

    /// <summary>The number of descriptions.</summary>
    public int Count => Texts.Length;

    /// <summary>Reads the descriptions to train on and to test.</summary>
    /// <param name="mostOfSection">The largest number of descriptions of a section.</param>
    public static (SectionTexts Train, SectionTexts Test) Read(int mostOfSection)
    {
        using Stream packed = typeof(SectionTexts).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(new GZipStream(packed, CompressionMode.Decompress));
        string[][] lines = [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];
        var seen = new Dictionary<string, int>();
        string[][] some = [.. lines.Where(line => (seen[line[0]] = seen.GetValueOrDefault(line[0]) + 1) <= mostOfSection)];
        return (Of(some.Where((_, i) => i % TestShare != 0)), Of(some.Where((_, i) => i % TestShare == 0)));
    }

    private static SectionTexts Of(IEnumerable<string[]> lines) => new([.. lines.Select(line => line[1])], [.. lines.Select(line => line[0])]);
}

using System.IO.Compression;
using Fpe.Data;
using Fpe.Data.Text;

namespace Samples.Paper.Experiments;

/// <summary>One-line descriptions of Debian packages, and the section of the archive of each; Data/README.md names their source.</summary>
internal static class SectionTexts
{
    /// <summary>Number of descriptions.</summary>
    public const int Count = 22_000;

    /// <summary>Number of sections.</summary>
    public const int Classes = 54;

    /// <summary>Number of descriptions to train on; the others are held out, always the same ones.</summary>
    public const int TrainCount = Count - (Count / TestShare);

    private const int TestShare = 5;
    private const long DivisionSeed = 0;

    private const string Resource = "sections.tsv.gz";

    private static readonly Lazy<(string[] Texts, int[] Labels)> Lines = new(Read);

    /// <summary>The descriptions as <see cref="HashedWords"/>, with their sections in alphabetical order as classes.</summary>
    public static Dataset ToHashedWords()
    {
        string[] texts = Lines.Value.Texts;
        var features = new float[texts.Length * HashedWords.FeatureCount];
        for (int text = 0; text < texts.Length; text++)
            HashedWords.Write(texts[text], features.AsSpan(text * HashedWords.FeatureCount, HashedWords.FeatureCount));
        return Dataset.OfClasses(Resource, HashedWords.FeatureCount, features, Lines.Value.Labels, Classes);
    }

    /// <summary>The tokens of the descriptions, to train on and to test; of long ones the first tokens.</summary>
    public static TaskData Divide(ITokenizer tokenizer, int places)
    {
        (string[] texts, int[] labels) = Lines.Value;
        Dataset all = Dataset.OfClasses(Resource, tokenizer.ToRows(Resource, places, texts, TooLong.Cut), labels, Classes);
        (Dataset train, Dataset test) = all.Divide("training descriptions", TrainCount, "test descriptions", DivisionSeed);
        return new TaskData(train, test, Clauses: []);
    }

    /// <summary>Checks that embeddings belong to these descriptions, in the same order: the number and the classes must match.</summary>
    /// <param name="embeddings">The embeddings.</param>
    /// <param name="path">Their file, for messages.</param>
    /// <exception cref="ExperimentException">The embeddings belong to other data.</exception>
    public static void RequireOwn(Dataset embeddings, string path)
    {
        const string Fix = "embeddings of other data are for `embeddings`.";
        if (embeddings.Count != Count)
            throw new ExperimentException($"{path} has {embeddings.Count:#,0} samples, but there are {Count:#,0} descriptions; {Fix}");
        int[] labels = Lines.Value.Labels;
        int other = Enumerable.Range(0, Count).FirstOrDefault(sample => embeddings.Label(sample) != labels[sample], Count);
        if (other < Count)
            throw new ExperimentException($"{path}: sample {other} is of class {embeddings.Label(other)}, but description {other} of {labels[other]}, its section's place in alphabetical order; {Fix}");
    }

    private static (string[] Texts, int[] Labels) Read()
    {
        using Stream packed = typeof(SectionTexts).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(new GZipStream(packed, CompressionMode.Decompress));
        string[][] lines = [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];
        string[] sections = [.. lines.Select(line => line[0]).Distinct().Order(StringComparer.Ordinal)];
        return ([.. lines.Select(line => line[1])], [.. lines.Select(line => Array.BinarySearch(sections, line[0], StringComparer.Ordinal))]);
    }
}

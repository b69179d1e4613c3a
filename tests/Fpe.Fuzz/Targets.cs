using System.IO.Compression;
using System.Text;
using Fpe.Cli.Results;
using Fpe.Cli.Running;
using Fpe.Data;
using Fpe.Data.Files;
using Fpe.Data.Text;
using Fpe.Fuzz.Formats;
using Fpe.Fuzz.Mutation;
using Fpe.Fuzz.Running;
using Samples.Paper.Results;

namespace Fpe.Fuzz;

/// <summary>All readers of files from elsewhere, each with valid files of its format.</summary>
public static class Targets
{
    private static readonly byte[] Pixels = [.. Enumerable.Range(0, 4 * 3 * 5).Select(p => (byte)(p * 7))];
    private static readonly byte[] IdxImages = IdxBytes.Images(4, 3, 5, Pixels);
    private static readonly byte[] IdxLabels = IdxBytes.Labels(4, [0, 2, 1, 2]);
    private static readonly LengthField[] IdxImageLengths = [new(0, 4, true), new(4, 4, true), new(8, 4, true), new(12, 4, true)];
    private static readonly LengthField[] IdxLabelLengths = [new(0, 4, true), new(4, 4, true)];

    private static readonly byte[] NpyFeatures = NpyBytes.Array("<f4", "(4, 3)", NpyBytes.Singles(0, 1, -2, 3.5f, 4, 5, 6, 7, 8, 9, 10, 11));
    private static readonly byte[] NpyLabels = NpyBytes.Array("<i8", "(4,)", NpyBytes.Int64s(0, 2, 1, 2));

    // In lines of a few bytes, every class or word can be a new one.
    private const int TextBytesPerByte = 64;

    private static readonly TextOptions Commas = new(new HashingTokenizer(1 << 10, characters: new(2, 4), words: new(1, 2)), Places: 64)
    {
        Separator = FieldSeparator.Comma,
        LabelColumn = 2,
        TextColumn = 1,
        HasHeader = true,
        TooLong = TooLong.Cut,
    };

    private static readonly TextOptions Tabs = new(new VocabularyTokenizer(WordVocabulary.Of("words", ["the", "cat", "é"]), UnknownWords.LeaveOut), Places: 4)
    {
        ClassNames = ["a", "b"],
    };

    /// <summary>Makes the readers.</summary>
    /// <param name="folder">Where files are written that go with the damaged one.</param>
    public static IReadOnlyList<FuzzTarget> Create(string folder)
    {
        string images = Write(folder, "whole-images", IdxImages), labels = Write(folder, "whole-labels", IdxLabels);
        string features = Write(folder, "whole-features.npy", NpyFeatures), classes = Write(folder, "whole-classes.npy", NpyLabels);
        var values = new float[byte.MaxValue + 1];
        return
        [
            new(
                "idx-images", "images", [new(IdxImages, IdxImageLengths)],
                file => IdxClasses.Open(Bytes(file), Bytes(IdxLabels), 3, values).ToMemory(),
                path => IdxClasses.Read(path, labels, 3)),
            new(
                "idx-labels", "labels", [new(IdxLabels, IdxLabelLengths), new(IdxBytes.QmnistLabels(0, 2, 1, 2), IdxImageLengths[..3])],
                file => IdxClasses.Open(Bytes(IdxImages), Bytes(file), 3, values).ToMemory(),
                path => IdxClasses.Read(images, path, 3)),
            new(
                "idx-gz", "images.gz", [new(IdxImages, IdxImageLengths) { Pack = Gzip.Pack }, new(IdxImages, IdxImageLengths) { Pack = Gzip.PackInMembers }],
                file => IdxClasses.Open(Content(file).ReadToEnd(), Bytes(IdxLabels), 3, values).ToMemory(),
                path => IdxClasses.Read(path, labels, 3)) { MaximumContent = Gzip.MaximumContent },
            new(
                "cifar10", "batch.bin", [new(Cifar(1, 3))],
                file => CifarClasses.Open(CifarFormat.Cifar10, Bytes(file)).ToMemory(),
                path => CifarClasses.Read(CifarFormat.Cifar10, path)),
            new(
                "cifar100", "train.bin", [new(Cifar(2, 2))],
                file => CifarClasses.Open(CifarFormat.Cifar100, Bytes(file), Bytes(file)).ToMemory(),
                path => CifarClasses.Read(CifarFormat.Cifar100, path, path)),
            new(
                "npy", "features.npy", NpySeeds(),
                file => NpyClasses.Load(new NpyArray(Bytes(file)), new NpyArray(Bytes(NpyLabels)), null),
                path => NpyClasses.Read(path, classes)),
            new(
                "npy-labels", "labels.npy", [NpySeed(NpyLabels), NpySeed(NpyBytes.Array(">u2", "(4, 1)", [0, 0, 0, 2, 0, 1, 0, 2], version: 3))],
                file => NpyClasses.Load(new NpyArray(Bytes(NpyFeatures)), new NpyArray(Bytes(file)), null),
                path => NpyClasses.Read(features, path)),
            new(
                "npy-names", "names.npy", [NpySeed(NpyBytes.Array("<U2", "(4, 1)", [.. "abc\0b\0ab".SelectMany(c => new byte[] { (byte)c, 0, 0, 0 })]))],
                file => new NpyArray(Bytes(file)).ToTexts(),
                path => NpyClasses.ReadNamed(features, path)),
            new(
                "npy-targets", "targets.npy", [NpySeed(NpyBytes.Array("<f4", "(4, 2)", NpyBytes.Singles(0, 1, 2, 3, 4, 5, 6, 7)))],
                file => new NpyArray(Bytes(file)).ToSingles(),
                path => NpyTargets.Read(features, path)),
            new(
                "npy-stream", "stream.npy", NpySeeds()[..1],
                file => ReadRows(NpyClasses.Stream(new NpyArray(Bytes(file)), new NpyArray(Bytes(NpyLabels)), null)),
                path => ReadRows(NpyClasses.Open(path, classes))),
            new("npz", "data.npz", NpzSeeds(), ReadNpz, path => NpyClasses.ReadNpz(path)) { MaximumContent = Gzip.MaximumContent },
            new(
                "csv", "samples.csv", [new("0,1,2\n0.5,-1e3,0\r\n\n 7 , 8 ,1\n"u8.ToArray())],
                file => ReadCsv(new MemoryStream(file)),
                path => CsvClasses.Read(path, 2, 3)),
            new(
                "csv-gz", "samples.csv.gz", [new("0,1,2\n0.5,-1e3,0\n"u8.ToArray()) { Pack = Gzip.Pack }, new("0,1,2\n0.5,-1e3,0\r\n"u8.ToArray()) { Pack = Gzip.PackInMembers }],
                file => ReadCsv(Content(file)),
                path => CsvClasses.Read(path, 2, 3)) { MaximumContent = Gzip.MaximumContent },
            new(
                "texts", "texts.csv", [new("id,text,class\n1,\"the, \"\"cat\"\"\",a\r\n\n2,É \U0001F600 x,b\n3,\"\tthe\",\"a\"\n"u8.ToArray())],
                file => ReadTexts(new MemoryStream(file), Commas),
                path => TextClasses.Read(path, Commas)) { BytesPerByte = TextBytesPerByte },
            new(
                "texts-gz", "texts.tsv.gz", [new("a\tthe cat\nb\té\n"u8.ToArray()) { Pack = Gzip.Pack }, new("\uFEFFb\tthe \"É\r\na\tcat"u8.ToArray()) { Pack = Gzip.PackInMembers }],
                file => ReadTexts(Content(file), Tabs),
                path => TextClasses.Read(path, Tabs)) { MaximumContent = Gzip.MaximumContent, BytesPerByte = TextBytesPerByte },
            new(
                "words", "words.txt.gz", [new("the\ncat\né\U0001F600\nx1"u8.ToArray()) { Pack = Gzip.Pack }],
                file => ReadWords(Content(file)),
                path => WordVocabulary.Read(path)) { MaximumContent = Gzip.MaximumContent, BytesPerByte = TextBytesPerByte },
            new("model", "model.safetensors", ModelFileBytes.Models(), ModelFileBytes.Read, ModelFileBytes.Load) { BytesPerByte = ModelFileBytes.BytesPerByte },
            new("wide-model", "wide.safetensors", ModelFileBytes.WideModels(), ModelFileBytes.ReadWide, ModelFileBytes.LoadWide) { BytesPerByte = ModelFileBytes.BytesPerByte },
            new(
                "quantized", "quantized.safetensors", ModelFileBytes.QuantizedNetworks(), ModelFileBytes.ReadQuantized,
                path => ModelFileBytes.ReadQuantized(File.ReadAllBytes(path))) { BytesPerByte = ModelFileBytes.BytesPerByteOfNetwork },
            new(
                "quantized-chain", "quantized-chain.safetensors", ModelFileBytes.QuantizedChains(), ModelFileBytes.ReadQuantizedChain,
                path => ModelFileBytes.ReadQuantizedChain(File.ReadAllBytes(path))) { BytesPerByte = ModelFileBytes.BytesPerByteOfNetwork },
            new("import", "import.safetensors", ModelFileBytes.Renamed(), ModelFileBytes.Import, ModelFileBytes.Import) { BytesPerByte = ModelFileBytes.BytesPerByte },
            new(
                "checkpoint", "checkpoint.safetensors", ModelFileBytes.Checkpoints(folder), ModelFileBytes.Resume,
                path => ModelFileBytes.Resume(File.ReadAllBytes(path))) { BytesPerByte = ModelFileBytes.BytesPerByte },
            new("csv-table", "table.csv", TableBytes.Tables(), TableBytes.Read, TableBytes.Read) { BytesPerByte = TableBytes.BytesPerByte, FixedAllocation = TableBytes.FixedAllocation },
            new("onnx", "net.onnx", OnnxBytes.Networks(), OnnxBytes.Read, OnnxBytes.Read) { BytesPerByte = OnnxBytes.BytesPerByte },
            new("results", "results.jsonl", [ResultsBytes.Whole], ResultsBytes.Read, path => ResultsReader<RunResult>.Read([path], RunResultFormat.Instance, ResultsBytes.Reading)),
            new(
                "study", "study.jsonl", [StudyResultsBytes.Whole], StudyResultsBytes.Read,
                path => ResultsReader<StudyResult>.Read([path], StudyResultFormat.Instance, ResultsBytes.Reading)),
        ];
    }

    private static MemoryBytes Bytes(byte[] file) => new("input", file);

    private static ContentStream Content(byte[] file) => ContentStream.Decompress("input", new MemoryStream(file));

    private static void ReadNpz(byte[] file)
    {
        using var archive = NpzFile.Open("input", new MemoryStream(file));
        ReadIfSupported(archive, "other");
        NpyClasses.Load(archive.Read("features"), archive.Read("labels"), null);
    }

    private static void ReadIfSupported(NpzFile archive, string name)
    {
        if (!archive.Names.Contains(name))
            return;
        try
        {
            archive.Read(name);
        }
        catch (FileUnsupportedException)
        {
            // which it is in the valid file
        }
    }

    private static void ReadCsv(Stream content)
    {
        using var reader = new StreamReader(content);
        CsvClasses.Read(reader, "input", 2, 3);
    }

    private static void ReadTexts(Stream content, TextOptions options)
    {
        using StreamReader reader = Utf8Text.Open(content);
        ReadRows(TextClasses.Read(reader, "input", options).Dataset);
    }

    private static void ReadWords(ContentStream content) => WordVocabulary.Read("input", content);

    private static string Write(string folder, string name, byte[] content)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private static byte[] Cifar(int labels, int count) =>
        [.. Enumerable.Range(0, count).SelectMany(s => Enumerable.Repeat((byte)s, labels).Concat(Enumerable.Range(0, 3072).Select(p => (byte)(p + s))))];

    private static FuzzSeed[] NpySeeds() =>
    [
        NpySeed(NpyFeatures),
        NpySeed(NpyBytes.Array(">f8", "(4, 1)", new byte[32], version: 2)),
        NpySeed(NpyBytes.Array("|u1", "(4, 2, 2)", [.. Enumerable.Range(0, 16).Select(i => (byte)i)], isFortranOrder: true)),
        NpySeed(NpyBytes.Array("<f2", "(4,)", new byte[8], version: 3)),
        NpySeed(NpyBytes.Array("|b1", "(4L, 2L)", [0, 1, 1, 0, 0, 0, 1, 1])),
    ];

    // the version and the length of the header
    private static FuzzSeed NpySeed(byte[] file) => new(file, new LengthField(6, 1), new LengthField(8, 2), new LengthField(8, 4));

    private static FuzzSeed[] NpzSeeds() =>
    [
        NpzSeed(NpyFeatures, content => [("features.npy", content), ("labels.npy", NpyLabels)], CompressionLevel.NoCompression),
        NpzSeed(NpyFeatures, content => [("labels.npy", NpyLabels), ("features.npy", content)], CompressionLevel.Fastest),
        OtherMethodSeed(),
        NpzSeed(Encoding.ASCII.GetBytes("features.npy"), name => [("labels.npy", NpyLabels), (Encoding.Latin1.GetString(name) is { Length: > 0 } some ? some : "/", NpyFeatures)], CompressionLevel.Fastest),
    ];

    // Another array beside the two that are read, compressed as nobody here can read it.
    private static FuzzSeed OtherMethodSeed() => new(NpyFeatures)
    {
        Pack = damaged =>
        {
            byte[] archive = NpyBytes.Archive(CompressionLevel.Fastest, ("features.npy", NpyFeatures), ("labels.npy", NpyLabels), ("other.npy", damaged));
            NpyBytes.SetMethod(archive, entry: 2, method: 12);
            return archive;
        },
    };

    private static FuzzSeed NpzSeed(byte[] content, Func<byte[], (string, byte[])[]> entries, CompressionLevel level) =>
        new(content) { Pack = damaged => NpyBytes.Archive(level, entries(damaged)) };

    private static void ReadRows(Dataset dataset)
    {
        for (int s = 0; s < dataset.Count; s++)
            dataset.Sample(s);
    }
}

using System.Buffers.Binary;
using Fpe.Checkpoints;
using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Files;
using Fpe.Fuzz.Mutation;
using Fpe.Quantization;
using Fpe.Training;

namespace Fpe.Fuzz.Formats;

/// <summary>Models and checkpoints of a small network, as files and as what reads them.</summary>
public static class ModelFileBytes
{
    private static readonly ModelPlan Plan = new("FuzzNet", 6,
    [
        new Conv2dPlan("Edges", new ImageShape(1, 2, 3), Filters: 2, Kernel: 2),
        new FlattenPlan("Features", new ImageShape(2, 1, 2)),
        new LinearPlan("Hidden", 4, 4, ActivationFunction.Relu) { Expansion = new ExpansionPlan(2, Share: 2) },
        new LinearPlan("Second", 4, 4) { Expansion = new ExpansionPlan(2, Outgoing: Outgoing.Deal) },
        new LinearPlan("Logits", 4, 3),
    ]);

    /// <summary>Every form of numbers that a quantised network has.</summary>
    private static readonly ModelPlan QuantizedPlan = new("FuzzNet", 6,
    [
        new InputPlan("Words", SampleWidth: 6, First: 0, Count: 2, Vocabulary: 3) { From = [ModelPlan.Sample] },
        new InputPlan("Numbers", SampleWidth: 6, First: 2, Count: 4) { From = [ModelPlan.Sample] },
        new EmbeddingPlan("Vectors", Places: 2, Vocabulary: 3, Dimension: 2, HasPositions: true) { From = ["Words"] },
        new LayerNormPlan("Norm", 4, Places: 2),
        new FlattenPlan("Flat", new ImageShape(2, 1, 2)),
        new Conv2dPlan("Edges", new ImageShape(1, 2, 2), Filters: 2, Kernel: 2, Activation: ActivationFunction.Tanh) { From = ["Numbers"] },
        new FlattenPlan("Features", new ImageShape(2, 1, 1)),
        new ConcatPlan("All", [4, 2]) { From = ["Flat", "Features"] },
        new LinearPlan("Hidden", 6, 4, ActivationFunction.Relu) { Expansion = new ExpansionPlan(2, Share: 2) },
        new ActivationPlan("Curve", 4, ActivationFunction.Sigmoid),
        new LinearPlan("Logits", 4, 3),
    ]);

    /// <summary>Fully connected layers alone, which compute many samples at a time: shared blocks, and edges of their own with a table.</summary>
    private static readonly ModelPlan QuantizedChainPlan = new("FuzzNet", 6,
    [
        new LinearPlan("First", 6, 4, ActivationFunction.Relu) { Expansion = new ExpansionPlan(2, Share: 2) },
        new LinearPlan("Second", 4, 4, ActivationFunction.Tanh) { Expansion = new ExpansionPlan(2) },
        new LinearPlan("Logits", 4, 3),
    ]);

    /// <summary>Samples of a batch: two panels, and a rest.</summary>
    private const int QuantizedBatch = 40;

    /// <summary>Few edges in many columns, so that files hold lists.</summary>
    private static readonly ModelPlan WidePlan = new("FuzzNet", 32,
    [
        new LinearPlan("First", 32, 2) { Expansion = new ExpansionPlan(16, Share: 2, Outgoing: Outgoing.Deal) },
        new LinearPlan("Second", 2, 16) { Expansion = new ExpansionPlan(2) },
        new LinearPlan("Logits", 16, 1),
    ]);

    private static readonly Dataset Data = Dataset.OfClasses("fuzz", 6, [.. Enumerable.Range(0, 60).Select(i => i / 60f)], [0, 1, 2, 0, 1, 2, 0, 1, 2, 0], 3);

    /// <summary>Steps of which the checkpoint is mutated: within an epoch, near its end, and after one.</summary>
    private static readonly int[] CheckpointedSteps = [4, 6, 12];

    private static readonly TrainingOptions Options = new()
    {
        Epochs = 4,
        BatchSize = 4,
        EarlyStopping = new EarlyStopping(Patience: 4),
        Checkpoints = new CheckpointOptions("") { EverySteps = 1, KeepLast = 100 },
    };

    /// <summary>
    /// Bytes that reading may allocate for each byte of a file: the network that a file is read into counts as well, and has about
    /// as many weights.
    /// </summary>
    public const int BytesPerByte = 64;

    /// <summary>As <see cref="BytesPerByte"/>, for a quantised network, whose weights are smaller and whose room for a call counts as well.</summary>
    public const int BytesPerByteOfNetwork = 2 * BytesPerByte;

    /// <summary>A dense parent, and expanded models in both forms.</summary>
    public static FuzzSeed[] Models()
    {
        using var model = new PlannedModel(Plan, seed: 1);
        FuzzSeed parent = Seed(Save(model, WeightForm.Sparse));
        model.Expand();
        byte[] expanded = Save(model, WeightForm.Sparse);
        return [parent, Seed(expanded), Sealed(expanded), Sealed(Save(model, WeightForm.Dense)), Seed(Foreign())];
    }

    /// <summary>A dense parent with the names of another tool, which shapes and order find.</summary>
    public static FuzzSeed[] Renamed() => [Seed(Foreign()), Seed(Rename(Foreign(), ("edges.", "conv0."), ("hidden.", "layer1."), ("second.", "layer2."), ("logits.", "output.")))];

    /// <summary>An expanded model whose index data are lists.</summary>
    public static FuzzSeed[] WideModels()
    {
        using var model = new PlannedModel(WidePlan, seed: 1);
        model.Expand();
        byte[] file = Save(model, WeightForm.Sparse);
        return [Seed(file), Sealed(file), Sealed(Save(model, WeightForm.Dense))];
    }

    /// <summary>Quantised networks: of a dense parent, and of an expanded model.</summary>
    public static FuzzSeed[] QuantizedNetworks() => Quantized(QuantizedPlan);

    /// <summary>As <see cref="QuantizedNetworks"/>, of fully connected layers alone.</summary>
    public static FuzzSeed[] QuantizedChains() => Quantized(QuantizedChainPlan);

    private static FuzzSeed[] Quantized(ModelPlan plan)
    {
        using var model = new PlannedModel(plan, seed: 1);
        FuzzSeed parent = Sealed(Quantized(model));
        model.Expand();
        byte[] expanded = Quantized(model);
        return [parent, Seed(expanded), Sealed(expanded)];
    }

    /// <summary>Checkpoints within an epoch and after one.</summary>
    /// <param name="folder">Where they are made.</param>
    public static FuzzSeed[] Checkpoints(string folder)
    {
        string run = Path.Combine(folder, "run");
        using (var model = new PlannedModel(Plan, seed: 1))
            new Trainer(Options with { Checkpoints = Options.Checkpoints! with { Folder = run } }).Fit(model, Data, Data);
        FuzzSeed[] seeds =
        [
            .. CheckpointedSteps
                .Select(step => File.ReadAllBytes(Path.Combine(run, $"checkpoint-{step:D10}.safetensors")))
                .SelectMany(file => (FuzzSeed[])[Seed(file), Sealed(file)]),
        ];
        Directory.Delete(run, recursive: true);
        return seeds;
    }

    /// <summary>Reads a model, and everything in it.</summary>
    public static void Read(byte[] file) => Read(file, Plan);

    /// <summary>Reads a model whose index data are lists.</summary>
    public static void ReadWide(byte[] file) => Read(file, WidePlan);

    /// <summary>Reads a quantised network, and predicts with it.</summary>
    public static void ReadQuantized(byte[] file) => ReadQuantized(file, QuantizedPlan, [1, 2, 0, 1, -1, 0.5f]);

    /// <summary>Reads a quantised network of fully connected layers, and predicts many samples with it.</summary>
    public static void ReadQuantizedChain(byte[] file) =>
        ReadQuantized(file, QuantizedChainPlan, [.. Enumerable.Range(0, QuantizedBatch * 6).Select(i => i / 60f - 2)]);

    private static void ReadQuantized(byte[] file, ModelPlan plan, float[] samples)
    {
        using var reader = new SafetensorsReader(new MemoryStream(file), "input");
        if (!QuantizedReader.IsQuantized(reader))
        {
            Read(file, plan);
            return;
        }

        // Each file with one kind of vectors, all kinds in turn.
        IntegerVectors vectors = IntegerDot.Supported[file.Sum(value => value) % IntegerDot.Supported.Count];
        QuantizedNetwork network = QuantizedReader.Read(reader, plan, vectors);
        int count = samples.Length / plan.InputCount;
        network.ForwardAlone(samples, new float[count * plan.OutputCount], count);
    }

    /// <summary>Imports a model with any names, and everything in it.</summary>
    public static void Import(byte[] file)
    {
        using var model = new PlannedModel(Plan, seed: 1);
        using var reader = new SafetensorsReader(new MemoryStream(file), "input");
        WeightImport.Read(reader, model, new Dictionary<string, string?>());
    }

    /// <summary>Imports a model from a path, as a user would.</summary>
    public static void Import(string path)
    {
        using var model = new PlannedModel(Plan, seed: 1);
        model.ImportWeights(path);
    }

    /// <summary>Reads a model from a path, as a user would.</summary>
    public static void Load(string path) => Load(path, Plan);

    /// <summary>Reads a model whose index data are lists from a path.</summary>
    public static void LoadWide(string path) => Load(path, WidePlan);

    /// <summary>Resumes a run from a checkpoint, but for the run.</summary>
    public static void Resume(byte[] file)
    {
        using var model = new PlannedModel(Plan, seed: 1);
        using var reader = new SafetensorsReader(new MemoryStream(file), "input");
        TrainingCheckpoint.Read(reader, model, Options, stepsPerEpoch: 3, RunIdentity.Of(model, Options, Data, Data));
    }

    private static void Read(byte[] file, ModelPlan plan)
    {
        using var model = new PlannedModel(plan, seed: 1);
        using var reader = new SafetensorsReader(new MemoryStream(file), "input");
        ModelReader.SeedOf(reader);
        ModelReader.Read(reader, model);
    }

    private static void Load(string path, ModelPlan plan)
    {
        using var model = new PlannedModel(plan, seed: 1);
        model.LoadWeights(path);
    }

    private static byte[] Quantized(Model model)
    {
        using Predictor predictor = model.Quantize([0, 1, 0, 0.5f, 1, -1, 2, 0, -1, 1, 0.3f, 1]);
        using var stream = new MemoryStream();
        predictor.Save(stream);
        return stream.ToArray();
    }

    private static byte[] Save(Model model, WeightForm form)
    {
        using var stream = new MemoryStream();
        new ModelWriter(model, form).ToFile("input").Write(stream);
        return stream.ToArray();
    }

    /// <summary>A dense parent as other tools write it: without metadata, so that no checksum stops damage.</summary>
    private static byte[] Foreign()
    {
        using var model = new PlannedModel(Plan, seed: 1);
        byte[] ours = Save(model, WeightForm.Sparse);
        int headerLength = (int)BinaryPrimitives.ReadInt64LittleEndian(ours);
        int metadataEnd = ours.AsSpan().IndexOf("},\"edges"u8) + 2;
        byte[] header = [(byte)'{', .. ours[metadataEnd..(8 + headerLength)]];
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. header, .. ours[(8 + headerLength)..]];
    }

    /// <summary>Replaces names by others of the same length.</summary>
    private static byte[] Rename(byte[] file, params (string Old, string New)[] names)
    {
        foreach ((string old, string other) in names)
        {
            for (int place; (place = file.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes($"\"{old}"))) >= 0;)
                System.Text.Encoding.ASCII.GetBytes(other).CopyTo(file, place + 1);
        }

        return file;
    }

    // the length of the header
    private static FuzzSeed Seed(byte[] file) => new(file, new LengthField(0, 8));

    /// <summary>A file whose checksum is mended after the damage, which so gets past the door.</summary>
    private static FuzzSeed Sealed(byte[] file) => Seed(file) with { Pack = Seal };

    private static byte[] Seal(byte[] file)
    {
        byte[] mended = [.. file];
        int place = mended.AsSpan().IndexOf("\"fpe.crc32c\":\""u8) + 14;
        if (place < 14 || place + 8 > mended.Length)
            return mended;
        "00000000"u8.CopyTo(mended.AsSpan(place));
        var checksum = new Crc32C();
        checksum.Add(mended);
        System.Text.Encoding.ASCII.GetBytes($"{checksum.Value:x8}").CopyTo(mended, place);
        return mended;
    }
}

using Fpe.Compute;
using Fpe.Data;
using Fpe.Data.Files;
using Fpe.Fuzz.Formats;
using Fpe.Numerics;
using Fpe.Runtime.Tests.Compute;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Data;

/// <summary>Training from files that are read batch by batch.</summary>
public sealed class StreamingTests : IDisposable
{
    private const int Samples = 90;
    private const int Vocabulary = 100;
    private const int JoinedPlaces = 4;
    private const int Features = 12;

    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("idx")]
    [InlineData("idx.gz")]
    [InlineData("npy")]
    [InlineData("standardised")]
    [InlineData("divided")]
    [InlineData("joined")]
    public void The_result_has_the_bits_of_training_from_memory(string kind)
    {
        Dataset streamed = Open(kind);
        Assert.False(streamed.IsInMemory);
        Dataset inMemory = streamed.ToMemory();
        Assert.True(inMemory.IsInMemory);
        (float[] fromFile, Evaluation measuredFromFile) = Train(Plan(kind), streamed);
        (float[] fromMemory, Evaluation measuredFromMemory) = Train(Plan(kind), inMemory);
        Assert.Equal(fromMemory, fromFile);
        Assert.Equal(measuredFromMemory, measuredFromFile);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        foreach (string kind in new[] { "idx", "npy", "standardised", "joined", "tokens" })
        {
            using var model = new PlannedModel(Plan(kind), seed: 1, Device.Default);
            using var run = new TrainingRun(model, Open(kind), new TrainingOptions { BatchSize = 32 });
            Assert.Equal(0, Allocations.Fewest(Epoch));

            void Epoch()
            {
                for (int step = 0; step < run.StepsPerEpoch; step++)
                    run.Step(step);
            }
        }
    }

    [Fact]
    public void A_file_larger_than_the_budget_is_trained_from()
    {
        const long Budget = 16 << 20;
        const int Rows = 1 << 18, Width = 1024;
        string labels = folder.Write("labels.npy", NpyBytes.Array("|u1", $"({Rows},)", [.. Enumerable.Range(0, Rows).Select(i => (byte)(i % 2))]));
        string features = folder.PathOf("features.npy");
        using (FileStream file = File.Create(features))
        {
            // one GiB of zeros that takes no place on disk, but for its last number
            byte[] header = NpyBytes.Array("<f4", $"({Rows}, {Width})", []);
            file.Write(header);
            file.SetLength(header.Length + (sizeof(float) * (long)Rows * Width));
            file.Seek(-sizeof(float), SeekOrigin.End);
            file.Write(NpyBytes.Singles(3.5f));
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Dataset dataset = NpyClasses.Open(features, labels);
        using var model = new PlannedModel(Plans.OneHidden(Width, 4, 2, new(2)), seed: 1, Device.Default);
        using (var run = new TrainingRun(model, dataset, new TrainingOptions { BatchSize = 128 }))
        {
            foreach (int step in new[] { 0, 1, run.StepsPerEpoch / 2, run.StepsPerEpoch - 1 })
                run.Step(step);
        }

        Assert.Equal(3.5f, dataset.Sample(Rows - 1)[^1]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Budget);
        Assert.True(new FileInfo(features).Length > 60 * Budget);
    }

    [Fact]
    public void Numbers_are_checked_when_they_are_read()
    {
        float[] values = new float[Samples * Features];
        values[(7 * Features) + 3] = float.NaN;
        string features = folder.Write("nan.npy", NpyBytes.Array("<f4", $"({Samples}, {Features})", NpyBytes.Singles(values)));
        Dataset dataset = NpyClasses.Open(features, WriteLabels());
        Assert.Equal(0, dataset.Sample(6)[3]);
        Assert.Equal(
            $"{features}: byte {128 + (4 * 87)}: number 87 is NaN as a 32-bit number; replace it with a finite one, or remove its sample.",
            Assert.Throws<FileCorruptException>(() => Train(Plan("idx"), dataset)).Message);
    }

    [Fact]
    public void A_file_that_shrinks_while_it_is_used_is_an_error()
    {
        Dataset dataset = Open("npy");
        using (var file = new FileStream(folder.PathOf("x.npy"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            file.SetLength(file.Length - 1);
        Assert.Equal((float)0, dataset.Sample(0)[0]);
        Assert.EndsWith(
            "bytes when it was opened; do not change it while it is in use.",
            Assert.Throws<FileTruncatedException>(() => dataset.Sample(Samples - 1)).Message, StringComparison.Ordinal);
    }

    private static ModelPlan Plan(string kind) => kind switch
    {
        "tokens" => Plans.Chain(
            Features, countBiases: false,
            new EmbeddingBagPlan("Words", Features, Vocabulary, Dimension: 6), new LinearPlan("Logits", 6, 3)),
        "joined" => Plans.Chain(
            Features, countBiases: false,
            new InputPlan("Numbers", Features, First: 0, Features - JoinedPlaces) { From = [ModelPlan.Sample] },
            new InputPlan("Tokens", Features, Features - JoinedPlaces, JoinedPlaces, Vocabulary) { From = [ModelPlan.Sample] },
            new EmbeddingBagPlan("Words", JoinedPlaces, Vocabulary, Dimension: 6),
            new ConcatPlan("All", [Features - JoinedPlaces, 6]) { From = ["Numbers", "Words"] },
            new LinearPlan("Hidden", Features - JoinedPlaces + 6, 6) { Expansion = new(2) },
            new LinearPlan("Logits", 6, 3)),
        _ => Plans.OneHidden(Features, 6, 3, new(2)),
    };

    private static (float[] Weights, Evaluation Evaluation) Train(ModelPlan plan, Dataset dataset)
    {
        using var model = new PlannedModel(plan, seed: 1, Device.Default);
        var options = new TrainingOptions { Epochs = 3, BatchSize = 16, ExpandAfter = 1 };
        new Trainer(options).Fit(model, dataset);
        var weights = new List<float>();
        foreach (Parameter parameter in model.Parameters)
        {
            var values = new float[parameter.Value.Length];
            parameter.Value.Read(values);
            weights.AddRange(values);
        }

        return ([.. weights], Evaluator.Evaluate(model, dataset, Loss.SoftmaxCrossEntropy));
    }

    private Dataset Open(string kind) => kind switch
    {
        "idx" => OpenIdx(suffix: ""),
        "idx.gz" => OpenIdx(".gz"),
        "npy" => OpenNpy(),
        "standardised" => Standardization.PerFeature(OpenNpy()).Apply(OpenNpy()),
        "joined" => Standardization.PerFeature(OpenJoined()).Apply(OpenJoined()),
        "tokens" => Tokens(Features),
        _ => OpenNpy().Divide("train", 70, "test", seed: 2).First,
    };

    private Dataset OpenJoined() => Dataset.Join("joined", OpenNpy(Features - JoinedPlaces), Tokens(JoinedPlaces));

    private static Dataset Tokens(int places) => Dataset.OfClasses(
        "tokens", TokenRows.Of("tokens", places, Vocabulary, [.. Enumerable.Range(0, Samples).Select(s => Enumerable.Range(s % 10, 1 + (s % places)).ToArray())]), [.. Enumerable.Range(0, Samples).Select(s => s % 3)], 3);

    private Dataset OpenIdx(string suffix)
    {
        byte[] images = IdxBytes.Images(Samples, 3, 4, [.. Enumerable.Range(0, Samples * Features).Select(i => (byte)(i * 31))]);
        byte[] labels = IdxBytes.Labels(Samples, [.. Enumerable.Range(0, Samples).Select(s => (byte)(s % 3))]);
        return IdxClasses.Open(folder.Write("images" + suffix, suffix.Length > 0 ? Gzip.Pack(images) : images), folder.Write("labels", labels), classCount: 3);
    }

    private Dataset OpenNpy(int features = Features)
    {
        var random = new RandomStream(1, RandomPurpose.Synthesis);
        float[] values = [.. Enumerable.Range(0, Samples * features).Select(i => i == 0 ? 0 : random.NextSingle())];
        return NpyClasses.Open(folder.Write("x.npy", NpyBytes.Array("<f4", $"({Samples}, {features})", NpyBytes.Singles(values))), WriteLabels());
    }

    private string WriteLabels() =>
        folder.Write("y.npy", NpyBytes.Array("|u1", $"({Samples},)", [.. Enumerable.Range(0, Samples).Select(s => (byte)(s % 3))]));
}

using Fpe.Compute;
using Fpe.Data;
using Fpe.Numerics;
using Fpe.Training;

namespace Fpe.Benchmarks.Workloads;

/// <summary>
/// Training steps on a table of numbers and categories, which are tokens with a row of a table each, or as many numbers of which one is 1.
/// Both networks compute functions of the same form; the second has one weight for each category and neuron instead.
/// </summary>
internal sealed class TableWorkload : IDisposable
{
    private const int Numbers = 8, Columns = 8, Dimension = 8, Hidden = 64, Classes = 2, BatchSize = 128, Batches = 8;

    private readonly PlannedModel model;
    private readonly TrainingRun run;
    private int index;

    /// <summary>Creates the network and its data.</summary>
    /// <param name="categories">The number of different categories in each column.</param>
    /// <param name="asTokens">Whether categories are tokens; otherwise they are one-hot numbers.</param>
    public TableWorkload(int categories, bool asTokens)
    {
        var random = new RandomStream(0, RandomPurpose.Synthesis);
        const int Samples = BatchSize * Batches;
        int width = asTokens ? Numbers + Columns : Numbers + (Columns * categories);
        var values = new float[Samples * width];
        var labels = new int[Samples];
        for (int s = 0; s < Samples; s++)
        {
            Span<float> row = values.AsSpan(s * width, width);
            for (int i = 0; i < Numbers; i++)
                row[i] = random.NextSingle();
            for (int column = 0; column < Columns; column++)
            {
                int category = random.NextInt32(categories);
                if (asTokens)
                    row[Numbers + column] = (column * categories) + category;
                else
                    row[Numbers + (column * categories) + category] = 1;
            }

            labels[s] = random.NextInt32(Classes);
        }

        ModelPlan plan = asTokens ? OfTokens(width, Columns * categories) : OneHot(width);
        model = new PlannedModel(plan, seed: 0, Device.Default);
        SampleBytes = sizeof(float) * width;
        ParameterCount = model.Parameters.Sum(parameter => (long)parameter.Count);
        run = new TrainingRun(model, Dataset.OfClasses("table", width, values, labels, Classes), new TrainingOptions { BatchSize = BatchSize, Optimizer = new Adam(1e-8) });
    }

    /// <summary>The bytes of a sample in memory.</summary>
    public int SampleBytes { get; }

    /// <summary>The number of learned values.</summary>
    public long ParameterCount { get; }

    public void Step()
    {
        run.Step(index);
        index = (index + 1) % Batches;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        run.Dispose();
        model.Dispose();
    }

    private static ModelPlan OfTokens(int width, int vocabulary) => new("Table", width,
    [
        new InputPlan("Numbers", width, First: 0, Numbers) { From = [LayerPlan.Sample] },
        new InputPlan("Categories", width, First: Numbers, Columns, vocabulary) { From = [LayerPlan.Sample] },
        new EmbeddingPlan("Vectors", Columns, vocabulary, Dimension),
        new FlattenPlan("Flat", new ImageShape(Dimension, 1, Columns)),
        new ConcatPlan("All", [Numbers, Dimension * Columns]) { From = ["Numbers", "Flat"] },
        new LinearPlan("Hidden", Numbers + (Dimension * Columns), Hidden, ActivationFunction.Relu),
        new LinearPlan("Logits", Hidden, Classes),
    ]);

    private static ModelPlan OneHot(int width) =>
        new("Table", width, [new LinearPlan("Hidden", width, Hidden, ActivationFunction.Relu), new LinearPlan("Logits", Hidden, Classes)]);
}

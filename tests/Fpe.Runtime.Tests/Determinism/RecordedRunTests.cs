using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Runtime.Tests.Training;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Determinism;

/// <summary>
/// The loss of every step of a short run, as it was recorded with AVX2: with these instructions the same bits, with others, which
/// add in another order, nearly the same.
/// </summary>
public class RecordedRunTests
{
    /// <summary>Relative; the largest difference found between instruction sets is a tenth of it.</summary>
    private const double Tolerance = 1e-4;

    [Fact]
    public void Losses_are_the_recorded_ones()
    {
        double[] losses = Train();
        string recording = Beside("RecordedRun.avx2.txt");
        if (!File.Exists(recording))
            File.WriteAllLines(Beside("RecordedRun.received.txt"), losses.Select(loss => loss.ToString("R", CultureInfo.InvariantCulture)));
        double[] recorded = [.. File.ReadLines(recording).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];

        Assert.Equal(recorded.Length, losses.Length);
        Assert.True(recorded[^1] < 0.6 * recorded[0], "The run learns nothing.");
        bool isSameSet = Avx2.IsSupported && Fma.IsSupported && !Vector512.IsHardwareAccelerated;
        for (int step = 0; step < losses.Length; step++)
        {
            if (isSameSet)
                Assert.Equal(recorded[step], losses[step]);
            else
                Assert.InRange(losses[step], recorded[step] * (1 - Tolerance), recorded[step] * (1 + Tolerance));
        }
    }

    /// <summary>A run with everything that draws random numbers or sums: a split after an epoch, dropout, clipping, tails of batches.</summary>
    private static double[] Train()
    {
        Dataset train = TrainingData.Directions(150, 20, 4);
        var plan = new ModelPlan("TestNet", 20,
        [
            new LinearPlan("Hidden", 20, 24, ActivationFunction.Gelu) { Expansion = new ExpansionPlan(3, Share: 8) },
            new DropoutPlan("Drop", 24, 0.1),
            new LinearPlan("Second", 24, 17, ActivationFunction.Relu) { Expansion = new ExpansionPlan(2) },
            new LinearPlan("Logits", 17, 4),
        ]);
        var options = new TrainingOptions
        {
            Epochs = 12,
            BatchSize = 32,
            ExpandAfter = 1,
            Optimizer = new AdamW(0.01),
            Schedule = new CosineSchedule { WarmUpSteps = 4 },
            MaximumGradientNorm = 1,
        };

        using var model = new PlannedModel(plan, seed: 11);
        using var run = new TrainingRun(model, train, options);
        var losses = new List<double>();
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            if (epoch == options.ExpandAfter)
                run.Expand();
            run.RunEpoch(afterStep: null, CancellationToken.None);
            losses.AddRange(run.LastLosses.ToArray());
        }

        return [.. losses];
    }

    private static string Beside(string file, [CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, file);
}

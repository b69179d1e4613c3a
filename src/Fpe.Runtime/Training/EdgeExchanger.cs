using System.Runtime.CompilerServices;
using Fpe.Compute;
using Fpe.Numerics;
using Fpe.Sparsity;

namespace Fpe.Training;

/// <summary>The changes of <see cref="EdgeExchange"/>. Unless the batch is divided into chunks, the gradient of all possible edges is in memory for one layer at a time.</summary>
internal sealed class EdgeExchanger(Model model, LearningSteps steps, EdgeExchange settings, long seed) : EdgeLearner(model, steps)
{
    // One stream per step and layer: enough for 2¹⁶ layers and 2⁴⁰ steps.
    private const int LayerBits = 16;

    public override bool NeedsGradients => settings.Growth == EdgeGrowth.Gradient;

    private protected override long Change(long steps, Func<EdgeLayer, double[]> gradientOf, Action<EdgeLayer, EdgeLayout> replace)
    {
        double fraction = settings.Fraction * (1 + Math.Cos(Math.PI * Steps.Progress(steps))) / 2;
        for (int l = 0; l < Layers.Length; l++)
        {
            if (Layers[l].Edges.EdgeCount < Shapes[l].EdgeCount)
                replace(Layers[l], LearnedLayout.Of(EdgeSwap.Swap(UnitsOf(l), Shapes[l].Inputs, fraction, ScoreOf(l, steps, gradientOf)), Shapes[l].Inputs));
        }

        return Budget;
    }

    private Action<int, double[]> ScoreOf(int layer, long steps, Func<EdgeLayer, double[]> gradientOf)
    {
        if (settings.Growth == EdgeGrowth.Random)
        {
            var random = new RandomStream(seed, RandomPurpose.EdgeGrowth, (steps << LayerBits) | (uint)layer);
            return (_, scores) => random.Fill(scores);
        }

        double[] gradient = gradientOf(Layers[layer]);
        RowGroups groups = Shapes[layer].Groups;
        return (group, scores) => RootMeanSquares(gradient, groups.First(group), groups.Size(group), scores);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RootMeanSquares(double[] gradient, int firstRow, int rows, double[] scores)
    {
        int inputs = scores.Length;
        if (rows == 1)
        {
            for (int column = 0; column < inputs; column++)
                scores[column] = Math.Abs(gradient[(firstRow * inputs) + column]);
            return;
        }

        Array.Clear(scores);
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            for (int column = 0; column < inputs; column++)
                scores[column] += gradient[(row * inputs) + column] * gradient[(row * inputs) + column];
        }

        for (int column = 0; column < inputs; column++)
            scores[column] = Math.Sqrt(scores[column] / rows);
    }
}

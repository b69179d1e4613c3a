using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Numerics;
using Fpe.Runtime.Tests.Compute;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

/// <summary>
/// Whole runs with an exchange, compared with loops over matrices: how many edges every exchange replaces, which it drops, and that it grows
/// those with the largest gradients of the step just made, or those with the largest numbers of their own random stream.
/// </summary>
public sealed class EdgeExchangeTests
{
    private const int Every = 2;
    private const int Last = 12;
    private const double Fraction = 0.3;
    private const double LearningRate = 0.5;

    private static readonly Dataset Data = TrainingData.Directions(40, 8, 3);

    [Theory]
    [InlineData(1, EdgeGrowth.Gradient)]
    [InlineData(2, EdgeGrowth.Gradient)]
    [InlineData(3, EdgeGrowth.Gradient)]
    [InlineData(1, EdgeGrowth.Random)]
    [InlineData(3, EdgeGrowth.Random)]
    public void A_run_exchanges_the_edges_that_its_weights_and_gradients_call_for(int share, EdgeGrowth growth)
    {
        var plan = new ModelPlan("TestNet", 8,
        [
            new LinearPlan("Hidden", 8, 6, ActivationFunction.Tanh) { Expansion = new ExpansionPlan(4, Split.Learned, share) },
            new LinearPlan("Logits", 6, 3),
        ]);
        var options = new TrainingOptions
        {
            Epochs = 16, // of one step each
            BatchSize = Data.Count,
            Optimizer = new Sgd(LearningRate),
            EdgeLearning = new EdgeExchange { Fraction = Fraction, EverySteps = Every, Growth = growth },
        };
        using var model = new PlannedModel(plan, seed: 5, TestedDevices.Double);
        var comparison = new Comparison(share, growth);
        new Trainer(options, comparison).Fit(model, Data);
        Assert.Equal(options.Epochs, comparison.Steps);

        // (1 + cos πp) / 2 of Fraction at p = 1/6, 2/6, …, 1
        double[] shares = [0.279904, 0.225, 0.15, 0.075, 0.020096, 0];
        Assert.Equal(shares.Select(fraction => Math.Round(fraction * comparison.Units[0])), comparison.Exchanged[0]);
        Assert.Equal(shares.Select(fraction => Math.Round(fraction * comparison.Units[1])), comparison.Exchanged[1]);
    }

    /// <summary>Makes the steps of the model in loops, and compares after each.</summary>
    private sealed class Comparison(int share, EdgeGrowth growth) : ITrainingObserver
    {
        private Matrix[] layers = [];

        public int Steps { get; private set; }

        /// <summary>The number of units of each layer that are exchanged or stay: columns of whole blocks of rows.</summary>
        public int[] Units { get; private set; } = [];

        public List<double>[] Exchanged { get; } = [[], []];

        public void ModelExpanded(Model model, int epochs)
        {
            layers = [.. model.Linears.Select((layer, l) => new Matrix(layer, l == 0 ? share : 1))];
            Units = [.. layers.Select(layer => layer.Units().Count(unit => layer.EdgesOf(unit) == layer.Share))];
        }

        public void EpochEnded(Model model, EpochReport report)
        {
            Step();
            foreach ((Matrix expected, Linear layer) in layers.Zip(model.Linears))
            {
                var actual = new Matrix(layer, expected.Share);
                Assert.Equal(expected.Exists, actual.Exists);
                Assert.All(expected.Weights.Zip(actual.Weights), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
                Assert.All(expected.Biases.Zip(actual.Biases), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
            }
        }

        private void Step()
        {
            (Matrix hidden, Matrix logits) = (layers[0], layers[1]);
            double[][] gradients = [new double[hidden.Weights.Length], new double[logits.Weights.Length]];
            double[][] biasGradients = [new double[hidden.Rows], new double[logits.Rows]];
            for (int s = 0; s < Data.Count; s++)
            {
                double[] sample = [.. Data.Sample(s).ToArray().Select(value => (double)value)];
                double[] values = [.. hidden.Apply(sample).Select(Math.Tanh)];
                double[] powers = [.. logits.Apply(values).Select(Math.Exp)];
                double[] outer = [.. powers.Select((power, row) => ((power / powers.Sum()) - (row == Data.Label(s) ? 1 : 0)) / Data.Count)];
                double[] inner = [.. values.Select((value, column) => (1 - (value * value)) * outer.Select((own, row) => own * logits[row, column]).Sum())];
                Add(gradients[0], biasGradients[0], inner, sample);
                Add(gradients[1], biasGradients[1], outer, values);
            }

            Steps++;
            for (int l = 0; l < layers.Length; l++)
            {
                layers[l].Learn(gradients[l], biasGradients[l]);
                if (Steps <= Last && Steps % Every == 0)
                    Exchanged[l].Add(layers[l].Exchange(Fraction * (1 + Math.Cos(Math.PI * Steps / Last)) / 2, Scores(l, gradients[l])));
            }
        }

        private double[] Scores(int layer, double[] gradient)
        {
            Matrix matrix = layers[layer];
            if (growth == EdgeGrowth.Gradient)
                return [.. matrix.Units().Select(unit => matrix.RootMeanSquare(unit, gradient))];
            var scores = new double[matrix.Units().Count()];
            new RandomStream(seed: 5, RandomPurpose.EdgeGrowth, ((long)Steps << 16) + layer).Fill(scores);
            return scores;
        }

        private static void Add(double[] gradient, double[] biasGradient, double[] outputs, double[] inputs)
        {
            for (int row = 0; row < outputs.Length; row++)
            {
                biasGradient[row] += outputs[row];
                for (int column = 0; column < inputs.Length; column++)
                    gradient[(row * inputs.Length) + column] += outputs[row] * inputs[column];
            }
        }
    }

    /// <summary>A layer with a place for every edge that may exist; units are numbered block by block, column by column.</summary>
    private sealed class Matrix
    {
        private readonly int columns;

        public Matrix(Linear layer, int share)
        {
            (Rows, columns, Share) = (layer.OutputCount, layer.InputCount, share);
            (Exists, Weights, Biases) = (new bool[Rows * columns], new double[Rows * columns], layer.ReadBiases());
            double[] slots = layer.ReadWeights();
            var layout = new LayoutRows(layer.Edges);
            for (int row = 0; row < Rows; row++)
            {
                int slot = layout.FirstSlot(row);
                foreach (int column in layout.Columns(row))
                {
                    Exists[(row * columns) + column] = layer.Edges.IsKept(slot);
                    Weights[(row * columns) + column] = slots[slot++];
                }
            }
        }

        public int Rows { get; }

        public int Share { get; }

        public bool[] Exists { get; }

        public double[] Weights { get; }

        public double[] Biases { get; }

        public double this[int row, int column] => Weights[(row * columns) + column];

        public IEnumerable<int> Units() => Enumerable.Range(0, Rows / Share * columns);

        public int EdgesOf(int unit) => Places(unit).Count(place => Exists[place]);

        public double RootMeanSquare(int unit, double[] values) => Math.Sqrt(Places(unit).Average(place => values[place] * values[place]));

        public double[] Apply(double[] inputs) => [.. Biases.Select((bias, row) => bias + inputs.Select((input, column) => input * this[row, column]).Sum())];

        public void Learn(double[] gradient, double[] biasGradient)
        {
            for (int place = 0; place < Weights.Length; place++)
                Weights[place] -= Exists[place] ? LearningRate * gradient[place] : 0;
            for (int row = 0; row < Rows; row++)
                Biases[row] -= LearningRate * biasGradient[row];
        }

        /// <summary>Exchanges a fraction of the whole units, and returns their number. Units that only some rows have stay.</summary>
        public int Exchange(double fraction, double[] scores)
        {
            int[] present = [.. Units().Where(unit => EdgesOf(unit) == Share)];
            int[] absent = [.. Units().Where(unit => EdgesOf(unit) == 0)];
            int count = (int)Math.Round(fraction * present.Length);
            int[] dropped = [.. present.OrderBy(unit => RootMeanSquare(unit, Weights)).Take(count)];
            int[] grown = [.. absent.OrderByDescending(unit => scores[unit]).Take(count)];
            foreach (int place in dropped.Concat(grown).SelectMany(Places))
                (Exists[place], Weights[place]) = (!Exists[place], 0);
            return grown.Length;
        }

        private IEnumerable<int> Places(int unit)
        {
            (int block, int column) = (unit / columns, unit % columns);
            return Enumerable.Range(block * Share, Share).Select(row => (row * columns) + column);
        }
    }
}

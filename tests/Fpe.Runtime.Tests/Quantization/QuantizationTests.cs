using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Quantization;
using Fpe.Runtime.Tests.Compute;
using Fpe.Runtime.Tests.Layers;

namespace Fpe.Runtime.Tests.Quantization;

/// <summary>Networks of 8 bits, against the models they were made of.</summary>
public class QuantizationTests
{
    private const int Samples = QuantizedModels.Samples;

    /// <summary>Networks with every kind of layers and edges.</summary>
    public static TheoryData<string> Networks => QuantizedModels.Names;

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_kernel_gives_the_same_bits_for_one_sample_and_for_many(string name)
    {
        using PlannedModel model = QuantizedModels.Create(name);
        RequireSameBits(model);
    }

    [Theory]
    [MemberData(nameof(QuantizedModels.PlainNames), MemberType = typeof(QuantizedModels))]
    public void The_bits_are_those_of_plain_loops(string name)
    {
        using PlannedModel model = QuantizedModels.Create(name);
        float[] samples = QuantizedModels.SamplesOf(model.Plan);
        using Predictor quantized = model.Quantize(samples);
        var plain = new PlainNetwork(((QuantizedNetwork)quantized.Source).Numbers);
        int inputs = model.Plan.InputCount;
        var outputs = new float[model.Plan.OutputCount];
        for (int s = 0; s < Samples; s++)
        {
            quantized.PredictOutputs(samples.AsSpan(s * inputs, inputs), outputs);
            Assert.Equal(plain.Outputs(samples.AsSpan(s * inputs, inputs)), outputs);
        }
    }

    [Fact]
    public void The_exponential_is_that_of_the_library_to_a_few_units()
    {
        Assert.Equal(1, ExactExponential.Of(0));
        Assert.Equal(0, ExactExponential.Of(-1e9));
        for (double x = -700; x < 0; x += 0.37)
            Assert.Equal(1, ExactExponential.Of(x) / Math.Exp(x), 1e-14);
    }

    [Theory]
    [InlineData(784, 64, 1, 4)]
    [InlineData(200, 40, 1, 2)]
    [InlineData(301, 40, 1, 3)]
    [InlineData(500, 24, 1, 9)]
    [InlineData(1000, 33, 1, 16)]
    [InlineData(900, 20, 1, 40)]
    [InlineData(784, 64, 32, 4)]
    [InlineData(100, 48, 16, 8)]
    [InlineData(33, 24, 8, 2)]
    [InlineData(784, 200, 1, 1)]
    [InlineData(8, 1050, 1, 1)]
    public void Wide_layers_do_too(int inputs, int hidden, int share, int factor)
    {
        using PlannedModel model = QuantizedModels.Of(Plans.OneHidden(inputs, hidden, 10, new ExpansionPlan(factor, Share: share)));
        RequireSameBits(model);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Rows_without_a_weight_are_their_biases(int share)
    {
        using PlannedModel model = QuantizedModels.Of(Plans.OneHidden(8, 32, 3, new ExpansionPlan(2, Share: share)));
        Linear hidden = model.Linears.First();
        double[] weights = hidden.ReadWeights();
        Array.Clear(weights, 0, weights.Length / 4);
        hidden.Write(new ExpandedLayer(hidden.Edges, weights, hidden.ReadBiases()));
        RequireSameBits(model);
        float[] samples = QuantizedModels.SamplesOf(model.Plan), expected = model.Outputs(samples), outputs = new float[expected.Length];
        using Predictor quantized = model.Quantize(samples);
        quantized.PredictOutputs(samples, outputs);
        Assert.All(expected.Zip(outputs), pair => Assert.Equal(pair.First, pair.Second, 0.05f * (expected.Max() - expected.Min())));
    }

    /// <summary>Tiles of a run that are sparse, before and after others that are not.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(32)]
    public void Rows_with_few_weights_beside_full_ones_do_too(int firstSparse)
    {
        using PlannedModel model = QuantizedModels.Of(Plans.OneHidden(40, 54, 21, new ExpansionPlan(1)));
        Linear hidden = model.Linears.First();
        double[] weights = hidden.ReadWeights();
        for (int row = firstSparse; row < firstSparse + 16; row++)
        {
            for (int column = 0; column < 40; column++)
            {
                if ((row + column) % 3 != 0)
                    weights[(row * 40) + column] = 0;
            }
        }

        hidden.Write(new ExpandedLayer(hidden.Edges, weights, hidden.ReadBiases()));
        RequireSameBits(model);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Outputs_are_those_of_the_model_to_some_steps(string name)
    {
        using PlannedModel model = QuantizedModels.Create(name);
        float[] samples = QuantizedModels.SamplesOf(model.Plan);
        float[] expected = model.Outputs(samples), outputs = new float[expected.Length];
        using Predictor quantized = model.Quantize(samples);
        quantized.PredictOutputs(samples, outputs);
        float range = expected.Max() - expected.Min();
        Assert.All(expected.Zip(outputs), pair => Assert.Equal(pair.First, pair.Second, 0.06f * range));
        double error = Math.Sqrt(expected.Zip(outputs, (a, b) => (a - b) * (a - b)).Average());
        Assert.InRange(error, 0, 0.015 * range);
        Assert.Equal(model.WeightCount, quantized.WeightCount);
    }

    [Fact]
    public void Whole_numbers_are_exact()
    {
        var random = new Random(3);
        double[] weights = [.. Enumerable.Range(0, 5 * 7).Select(i => i % 7 == 0 ? 127.0 : random.Next(-127, 128))];
        double[] biases = [.. Enumerable.Range(0, 5).Select(_ => (double)random.Next(-1000, 1000))];
        using PlannedModel model = LinearModels.Of(7, weights, biases);
        float[] samples = [.. Enumerable.Range(0, 40 * 7).Select(i => (float)random.Next(-100, 156))];
        (samples[0], samples[1]) = (-100, 155);
        using Predictor quantized = model.Quantize(samples);
        var outputs = new float[40 * 5];
        quantized.PredictOutputs(samples, outputs);
        Assert.Equal(model.Outputs(samples), outputs);
    }

    /// <summary>Where products of 8 bits that are added in 16 would be cut off.</summary>
    [Fact]
    public void The_largest_bytes_times_the_largest_weights_are_exact()
    {
        const int Inputs = 512, Outputs = 48, Batch = 40;
        double[] weights = [.. Enumerable.Range(0, Outputs * Inputs).Select(i => (i / Inputs / 16, i % Inputs) switch
        {
            (0, _) => 127.0,
            (1, var column) => column % 2 == 0 ? -127 : 127 - (column % 5),
            (_, var column) => column % 3 == 0 ? -127 : 0,
        })];
        using PlannedModel model = LinearModels.Of(Inputs, weights);
        float[] samples = [.. new float[Inputs], .. Enumerable.Repeat(255f, (Batch - 1) * Inputs)];
        foreach (IntegerVectors vectors in IntegerDot.Supported)
        {
            using Predictor quantized = ModelQuantization.Quantize(model, samples, options: null, vectors);
            float[] many = new float[Batch * Outputs], one = new float[Outputs];
            quantized.PredictOutputs(samples, many);
            quantized.PredictOutputs(samples.AsSpan(Inputs, Inputs), one);
            float[] expected = [.. weights.Chunk(Inputs).Select(row => (float)(255 * row.Sum()))];
            Assert.Equal(expected, one);
            Assert.Equal(new float[Outputs], many[..Outputs]);
            Assert.All(many.Chunk(Outputs).Skip(1), outputs => Assert.Equal(expected, outputs));
        }
    }

    [Fact]
    public void A_row_of_zeros_takes_no_bits_from_the_factors_of_the_others()
    {
        using PlannedModel model = QuantizedModels.Of(Plans.Chain(
            8, countBiases: false, new LinearPlan("Hidden", 8, 6, ActivationFunction.Relu), new LinearPlan("Logits", 6, 3)));
        Linear hidden = model.Linears.First(), last = model.Linears.Last();
        double[] weights = [.. hidden.ReadWeights().Select((weight, i) => i < 8 ? 0 : 1e-7 * weight)];
        hidden.Write(new ExpandedLayer(hidden.Edges, weights, new double[6]));
        last.Write(new ExpandedLayer(last.Edges, last.ReadWeights(), new double[3]));
        RequireSameBits(model);
        float[] samples = QuantizedModels.SamplesOf(model.Plan), expected = model.Outputs(samples), outputs = new float[expected.Length];
        using Predictor quantized = model.Quantize(samples);
        quantized.PredictOutputs(samples, outputs);
        Assert.All(expected.Zip(outputs), pair => Assert.Equal(pair.First, pair.Second, 0.04f * (expected.Max() - expected.Min())));

        var network = (QuantizedNetwork)quantized.Source;
        float[] scales = ((EdgeNumbers)network.Numbers.Layers[0]).RowScales;
        Assert.Equal(scales[1..].Min(), scales[0]);
        QuantizedLinear first = network.Layers[0];
        Assert.Equal(0, first.Bytes!.Factors.Multipliers[Array.IndexOf(first.Tiles.RowOfLane, 0)]);
        Assert.Equal(32, first.Bytes.Factors.Shift);
    }

    [Theory]
    [InlineData(ActivationFunction.Tanh)]
    [InlineData(ActivationFunction.Gelu)]
    [InlineData(ActivationFunction.Sigmoid)]
    [InlineData(ActivationFunction.HardSwish)]
    [InlineData(ActivationFunction.LeakyRelu)]
    [InlineData(ActivationFunction.Relu)]
    [InlineData(ActivationFunction.Identity)]
    public void Activations_are_those_of_the_model(ActivationFunction activation)
    {
        ModelPlan[] plans =
        [
            Plans.OneHidden(20, 16, 3, new ExpansionPlan(2), activation),
            Plans.Chain(20, countBiases: false, new LinearPlan("Hidden", 20, 16), new ActivationPlan("Curve", 16, activation), new LinearPlan("Logits", 16, 3, activation)),
        ];
        foreach (ModelPlan plan in plans)
        {
            using PlannedModel model = QuantizedModels.Of(plan);
            float[] samples = QuantizedModels.SamplesOf(plan), expected = model.Outputs(samples), outputs = new float[expected.Length];
            using Predictor quantized = model.Quantize(samples);
            quantized.PredictOutputs(samples, outputs);
            float range = expected.Max() - expected.Min();
            Assert.All(expected.Zip(outputs), pair => Assert.Equal(pair.First, pair.Second, 0.04f * range));
        }
    }

    [Fact]
    public void Meaning_and_standardisation_are_those_of_the_model()
    {
        using PlannedModel model = QuantizedModels.Of(Expansions.Plan("random"));
        float[] samples = [.. QuantizedModels.SamplesOf(model.Plan).Select(value => (100 * value) + 50)];
        Dataset data = Dataset.OfClasses("digits", 8, samples, new int[Samples], 3);
        model.Meaning = new ModelMeaning { Task = ModelTask.Classification, ClassNames = ["a", "b", "c"], Features = Standardization.PerFeature(data) };
        using Predictor quantized = model.Quantize(data), same = model.Quantize(samples);
        Assert.Equal(model.Meaning, quantized.Meaning);
        float[] expected = model.PredictProbabilities(samples), probabilities = quantized.PredictProbabilities(samples);
        Assert.All(expected.Zip(probabilities), pair => Assert.Equal(pair.First, pair.Second, 0.02f));
        Assert.Equal(probabilities, same.PredictProbabilities(samples));
        Assert.Equal(model.PredictName(samples.AsSpan(0, 8)), quantized.PredictName(samples.AsSpan(0, 8)));
    }

    [Fact]
    public void A_percentile_gives_finer_steps_to_most_numbers()
    {
        using PlannedModel model = QuantizedModels.Of(Expansions.Plan("dense"));
        float[] samples = QuantizedModels.SamplesOf(model.Plan);
        float[] calibration = [.. samples, .. Enumerable.Repeat(1000f, 8)];
        float[] expected = model.Outputs(samples);
        double Error(QuantizationOptions options)
        {
            using Predictor quantized = model.Quantize(calibration, options);
            var outputs = new float[expected.Length];
            quantized.PredictOutputs(samples, outputs);
            return expected.Zip(outputs, (a, b) => Math.Abs(a - b)).Average();
        }

        Assert.True(Error(new QuantizationOptions { Percentile = 95 }) < Error(QuantizationOptions.Default) / 5);
    }

    [Fact]
    public void Threads_get_the_bits_of_one_and_nothing_is_allocated()
    {
        using PlannedModel model = QuantizedModels.Of(Expansions.Plan("deep"));
        float[] samples = QuantizedModels.SamplesOf(model.Plan);
        using Predictor quantized = model.Quantize(samples);
        int outputs = model.Plan.OutputCount;
        var expected = new float[Samples * outputs];
        quantized.PredictOutputs(samples, expected);
        Parallel.For(0, 500, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            int batch = 1 + (i % 40), first = i % (Samples - batch);
            var own = new float[batch * outputs];
            quantized.PredictOutputs(samples.AsSpan(first * 8, batch * 8), own);
            Assert.Equal(expected[(first * outputs)..((first + batch) * outputs)], own);
        });
        Assert.Equal(0, Allocations.Fewest(() => quantized.PredictOutputs(samples, expected)));
        Assert.Equal(0, Allocations.Fewest(() => quantized.PredictOutputs(samples.AsSpan(0, 8), expected.AsSpan(0, outputs))));
        quantized.Dispose();
        Assert.Throws<ObjectDisposedException>(() => quantized.PredictOutputs(samples, expected));
    }

    [Fact]
    public void Samples_that_tell_no_ranges_are_refused()
    {
        using PlannedModel model = QuantizedModels.Of(Expansions.Plan("dense"));
        Refused("TestNet: there are no samples to calibrate with; pass some hundred.", () => model.Quantize(Span<float>.Empty));
        Refused("TestNet: it reads samples of 8 values, but got 9 values to calibrate with, which is not a whole number of samples.", () => model.Quantize(new float[9]));
        Refused("TestNet: all 2 samples to calibrate with are equal, so they tell no ranges; pass different ones.", () => model.Quantize(new float[16]));
        float[] samples = QuantizedModels.SamplesOf(model.Plan);
        samples[8 + 3] = float.NaN;
        Refused("TestNet: value 3 of sample 1 to calibrate with is NaN; replace it with a finite number.", () => model.Quantize(samples));
        Dataset other = Dataset.OfClasses("others", 2, new float[4], new int[2], 2);
        Refused("TestNet: it reads samples of 8 values, but those of others have 2; calibrate with data of the same kind.", () => model.Quantize(other));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Quantize(QuantizedModels.SamplesOf(model.Plan), new QuantizationOptions { Percentile = 50 }));
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_refused()
    {
        using PlannedModel model = QuantizedModels.Of(Expansions.Plan("dense"));
        Linear last = model.Linears.Last();
        last.Write(new ExpandedLayer(last.Edges, last.ReadWeights(), [0, double.NaN, 0]));
        Refused("TestNet: logits.bias is NaN at [1]; training diverged, so try a lower learning rate.", () => model.Quantize(QuantizedModels.SamplesOf(model.Plan)));
    }

    [Fact]
    public void Sums_that_are_not_finite_are_refused_also_where_outputs_are()
    {
        using PlannedModel model = QuantizedModels.Of(Plans.Chain(
            2, countBiases: false, new LinearPlan("Hidden", 2, 1, ActivationFunction.Sigmoid), new LinearPlan("Logits", 1, 2)));
        Linear hidden = model.Linears.First();
        hidden.Write(new ExpandedLayer(hidden.Edges, [3e38, 3e38], [0]));
        float[] samples = [0, 0, 1, 1];
        Assert.All(model.Outputs(samples), output => Assert.True(float.IsFinite(output)));
        Refused("TestNet: sums of Hidden before its activation are not finite for some samples to calibrate with; train it again with a lower learning rate.", () => model.Quantize(samples));
    }

    [Fact]
    public void Outputs_that_are_tiny_beside_their_sums_are_refused_instead_of_wrapping()
    {
        var plan = Plans.Chain(1, countBiases: false, new LinearPlan("Hidden", 1, 1, ActivationFunction.Relu), new LinearPlan("Logits", 1, 2));
        using PlannedModel model = QuantizedModels.Of(plan);
        Linear hidden = model.Linears.First();
        hidden.Write(new ExpandedLayer(hidden.Edges, [1], [-1 + 1e-7]));
        Assert.StartsWith("TestNet: the outputs of Hidden range over only ", Assert.Throws<QuantizationException>(() => model.Quantize([-1f, 1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_that_bytes_cannot_hold_are_refused_by_name()
    {
        using var model = new PlannedModel(Plans.Chain(4, countBiases: false, new LinearPlan("Hidden", 4, 4), new ForeignPlan("Odd", 4), new LinearPlan("Logits", 4, 2)));
        Refused("TestNet: Odd is ForeignLayer, which 8 bits cannot hold; quantise a model with layers of this library.", () => model.Quantize(QuantizedModels.SamplesOf(model.Plan)));
    }

    [Fact]
    public void What_follows_a_layer_with_edges_is_computed_with_it()
    {
        using PlannedModel model = QuantizedModels.Create("batch norms");
        using Predictor quantized = model.Quantize(QuantizedModels.SamplesOf(model.Plan));
        QuantizedStep[] steps = ((QuantizedNetwork)quantized.Source).Steps;
        Assert.Equal(3, steps.Length);
        Assert.IsType<FilterOperation>(steps[0].Operation);
        Assert.NotNull(steps[1].Layer!.Bytes!.Table);
    }

    [Fact]
    public void A_network_need_not_end_with_a_layer_with_edges()
    {
        ModelPlan[] plans =
        [
            Plans.Chain(8, countBiases: false, new LinearPlan("Hidden", 8, 3), new ActivationPlan("Last", 3, ActivationFunction.Tanh)),
            Plans.Chain(8, countBiases: false, new LinearPlan("Hidden", 8, 3), new LinearPlan("Other", 3, 3), new AddPlan("Sum", 3) { From = ["Hidden", "Other"] }),
            Plans.Chain(8, countBiases: false, new ActivationPlan("Only", 8, ActivationFunction.Gelu)),
        ];
        foreach (ModelPlan plan in plans)
        {
            using PlannedModel model = QuantizedModels.Of(plan);
            RequireSameBits(model);
            float[] samples = QuantizedModels.SamplesOf(plan), expected = model.Outputs(samples), outputs = new float[expected.Length];
            using Predictor quantized = model.Quantize(samples);
            quantized.PredictOutputs(samples, outputs);
            float range = expected.Max() - expected.Min();
            Assert.All(expected.Zip(outputs), pair => Assert.Equal(pair.First, pair.Second, 0.02f * range));
        }
    }

    private static void Refused(string message, Action quantize) => Assert.Equal(message, Assert.Throws<QuantizationException>(quantize).Message);

    private static void RequireSameBits(PlannedModel model)
    {
        float[] samples = QuantizedModels.SamplesOf(model.Plan);
        int inputs = model.Plan.InputCount, outputs = model.Plan.OutputCount;
        float[]? expected = null;
        foreach (IntegerVectors vectors in IntegerDot.Supported)
        {
            using Predictor quantized = ModelQuantization.Quantize(model, samples, options: null, vectors);
            float[] one = new float[Samples * outputs], many = new float[Samples * outputs];
            for (int s = 0; s < Samples; s++)
                quantized.PredictOutputs(samples.AsSpan(s * inputs, inputs), one.AsSpan(s * outputs, outputs));
            quantized.PredictOutputs(samples, many);
            expected ??= one;
            Assert.Equal(expected, one);
            Assert.Equal(expected, many);
        }
    }
}

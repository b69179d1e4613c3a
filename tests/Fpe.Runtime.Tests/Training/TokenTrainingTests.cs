using Fpe.Compute;
using Fpe.Compute.Cpu;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

/// <summary>Training with tables of tokens: only the rows that a batch reads change.</summary>
public sealed class TokenTrainingTests : CheckpointedRuns
{
    private const int Samples = 40;

    private static TrainingOptions Steps(Optimizer optimizer, int epochs) => new() { Epochs = epochs, BatchSize = 8, ExpandAfter = null, Optimizer = optimizer };

    [Theory]
    [MemberData(nameof(TokenModels.Names), MemberType = typeof(TokenModels))]
    public void Learns(string name)
    {
        ModelPlan plan = TokenModels.Plan(name);
        using var model = new PlannedModel(plan, seed: 1);
        TrainingOptions options = Steps(new Adam(0.02), epochs: 60) with { ExpandAfter = plan.IsExpanded ? 10 : null, BatchSize = 5 };
        TrainingResult result = new Trainer(options).Fit(model, DataOf(plan, samples: 20));
        Assert.True(result.Epochs[^1].TrainAccuracy > 0.9, $"{result.Epochs[^1].TrainAccuracy}");
        Assert.Equal(plan.ExpandedWeights, model.WeightCount);
    }

    [Theory]
    [MemberData(nameof(TokenModels.Names), MemberType = typeof(TokenModels))]
    public void Any_number_of_threads_gives_the_same_bits(string name)
    {
        ModelPlan plan = TokenModels.Plan(name);
        double[] one = Fit(plan, new CpuDevice(threads: 1));
        Assert.Equal(one, Fit(plan, new CpuDevice(threads: 2)));
        Assert.Equal(one, Fit(plan, new CpuDevice(threads: 5)));
    }

    [Theory]
    [MemberData(nameof(TokenModels.Names), MemberType = typeof(TokenModels))]
    public void A_run_that_stops_and_is_resumed_ends_with_the_same_bits(string name)
    {
        ModelPlan plan = TokenModels.Plan(name);
        foreach (Optimizer optimizer in Optimizers)
        {
            TrainingOptions options = Options with { ExpandAfter = plan.IsExpanded ? 2 : null, Optimizer = optimizer, EarlyStopping = null };
            double[] expected = ToEnd(plan, options, $"alone {Array.IndexOf(Optimizers, optimizer)}");
            Assert.Equal(expected, ToEnd(plan, options, $"stopped {Array.IndexOf(Optimizers, optimizer)}", 6, 17));
        }
    }

    [Fact]
    public void A_row_that_no_sample_has_keeps_its_value()
    {
        ModelPlan plan = TokenModels.Plan("bag of means");
        foreach (Optimizer optimizer in Optimizers)
        {
            using var model = new PlannedModel(plan, seed: 1);
            Parameter table = Table(model);
            double[] before = Read(table);
            Dataset data = Dataset.OfClasses("three tokens", TokenRows.Of("three tokens", 5, 7, [[0, 3], [3], [5, 0, 5]]), [0, 1, 2], 3);
            new Trainer(Steps(optimizer, epochs: 3) with { BatchSize = 3 }).Fit(model, data);
            double[] after = Read(table);
            for (int row = 0; row < 7; row++)
                Assert.Equal(row is 0 or 3 or 5, !before.AsSpan(row * 6, 6).SequenceEqual(after.AsSpan(row * 6, 6)));
        }
    }

    /// <summary>Token 1 is in the first batch of three, so that its moments stand still in two steps, which count all the same.</summary>
    [Fact]
    public void Adam_is_that_of_the_steps_that_read_a_row()
    {
        ModelPlan plan = new("TestNet", 1, [new EmbeddingBagPlan("Words", 1, 3, 2), new LinearPlan("Out", 2, 2)]);
        using var model = new PlannedModel(plan, seed: 4, new Fpe.Research.Reference.ReferenceDevice(ElementType.Float64));
        var adam = new Adam(0.1);
        int[][] batches = [[1, 2], [0, 2], [2, 0], [1, 1]];
        Parameter table = Table(model);
        (double[] value, double[] first, double[] second) = (Read(table), new double[6], new double[6]);
        using var batch = new Batch(model.Device, 2, 1, targetCount: 2);
        using var buffers = new PassBuffers(model, batch.Inputs, training: true);
        using var state = new OptimizerState(adam, model);
        for (int step = 1; step <= batches.Length; step++)
        {
            var pass = new Pass(2, Training: true, Seed: 1, Step: step);
            batch.Inputs.Write([(float)batches[step - 1][0], batches[step - 1][1]], 2);
            model.Forward(buffers, pass);
            buffers.OutputGradient.Write(new double[] { 0.3, -0.2, 0.1, 0.4 }, 2);
            model.Backward(buffers, pass);
            double[] gradient = Slots.ReadGradient(table);
            state.Step(adam.LearningRate);
            foreach (int row in batches[step - 1].Distinct())
            {
                for (int i = row * 2; i < (row * 2) + 2; i++)
                {
                    first[i] = (0.9 * first[i]) + (0.1 * gradient[i]);
                    second[i] = (0.999 * second[i]) + (0.001 * gradient[i] * gradient[i]);
                    value[i] -= 0.1 * (first[i] / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(second[i] / (1 - Math.Pow(0.999, step))) + 1e-8);
                }
            }

            double[] actual = Read(table);
            for (int i = 0; i < value.Length; i++)
                Assert.Equal(value[i], actual[i], 1e-12);
        }
    }

    [Fact]
    public void Clipping_sees_the_rows_of_the_batch()
    {
        ModelPlan plan = TokenModels.Plan("bag of sums, dealt");
        Assert.NotEqual(Fit(plan, Device.Default), Fit(plan, Device.Default, maximumNorm: 0.01));
    }

    /// <summary>A category is a row of a table, or a one in as many numbers: with weights that correspond, both give the same outputs.</summary>
    [Fact]
    public void Categories_are_one_hot_inputs_of_the_same_model()
    {
        const int Numbers = 3, Categories = 2, Vocabulary = 4, Dimension = 2;
        ModelPlan tokens = Plans.Chain(
            Numbers + Categories, countBiases: false,
            new InputPlan("Numbers", Numbers + Categories, First: 0, Numbers) { From = [ModelPlan.Sample] },
            new InputPlan("Categories", Numbers + Categories, First: Numbers, Categories, Vocabulary) { From = [ModelPlan.Sample] },
            new EmbeddingPlan("Vectors", Categories, Vocabulary, Dimension),
            new FlattenPlan("Flat", new ImageShape(Dimension, 1, Categories)),
            new ConcatPlan("All", [Numbers, Dimension * Categories]) { From = ["Numbers", "Flat"] },
            new LinearPlan("Hidden", Numbers + (Dimension * Categories), 6, ActivationFunction.Tanh),
            new LinearPlan("Logits", 6, 3));
        ModelPlan oneHot = Plans.OneHidden(Numbers + (Categories * Vocabulary), 6, 3, ExpansionPlan.None, ActivationFunction.Tanh);
        using var model = new PlannedModel(tokens, seed: 3);
        using var wide = new PlannedModel(oneHot, seed: 3);

        double[] table = Read(Table(model));
        (Linear hidden, Linear logits) = (model.Layers.OfType<Linear>().First(), model.Layers.OfType<Linear>().Last());
        double[] narrowWeights = hidden.ReadWeights();
        var wideWeights = new double[6 * oneHot.InputCount];
        for (int neuron = 0; neuron < 6; neuron++)
        {
            ReadOnlySpan<double> own = narrowWeights.AsSpan(neuron * hidden.InputCount, hidden.InputCount);
            Span<double> row = wideWeights.AsSpan(neuron * oneHot.InputCount, oneHot.InputCount);
            own[..Numbers].CopyTo(row);
            for (int category = 0; category < Categories; category++)
            {
                for (int token = 0; token < Vocabulary; token++)
                {
                    for (int unit = 0; unit < Dimension; unit++)
                        row[Numbers + (category * Vocabulary) + token] += own[Numbers + (unit * Categories) + category] * table[(token * Dimension) + unit];
                }
            }
        }

        Linear wideHidden = wide.Layers.OfType<Linear>().First(), wideLogits = wide.Layers.OfType<Linear>().Last();
        Slots.Write(wideHidden.Weight, wideWeights);
        Slots.Write(wideHidden.Bias, Read(hidden.Bias));
        Slots.Write(wideLogits.Weight, logits.ReadWeights());
        Slots.Write(wideLogits.Bias, Read(logits.Bias));

        float[] samples = [0.5f, -1, 2, 3, 0, 1.5f, 0, -0.25f, 1, 2];
        float[] spread =
        [
            0.5f, -1, 2, 0, 0, 0, 1, 1, 0, 0, 0,
            1.5f, 0, -0.25f, 0, 1, 0, 0, 0, 0, 1, 0,
        ];
        float[] expected = wide.Outputs(spread), actual = model.Outputs(samples);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5f);
    }

    [Fact]
    public void What_does_not_fit_is_refused_before_the_first_step()
    {
        ModelPlan plan = TokenModels.Plan("bag of means");
        Refuse(plan, TokenRows.Of("words", 4, 7, [[1], [2]]), "words: its samples have 4 values, but TestNet reads 5; change [Model(tokens: …)] or the data.");
        Refuse(plan, TokenRows.Of("words", 5, 8, [[1], [2]]), "words: it has a vocabulary of 8 tokens, but TestNet of 7; declare vocabulary: 8, or use a smaller one for the data.");
        Refuse(
            Plans.OneHidden(5, 4, 3, ExpansionPlan.None), TokenRows.Of("words", 5, 7, [[1], [2]]),
            "words: its values 0 to 4 are tokens, but TestNet reads numbers there; declare them with [Model(tokens: …, vocabulary: …)] or [Input(tokens: …, vocabulary: …)], or change the data.");
    }

    [Fact]
    public void Numbers_that_are_no_tokens_are_refused_by_sample_and_place()
    {
        ModelPlan plan = TokenModels.Plan("bag of means");
        using var model = new PlannedModel(plan, seed: 1);
        float[] samples = [0, 1, 2, 3, 4, 0, 1, 7, 3, 4];
        Dataset data = Dataset.OfClasses("numbers", 5, samples, [0, 1], 3);
        var error = Assert.Throws<ArgumentException>(() => Evaluator.Evaluate(model, data, Loss.SoftmaxCrossEntropy));
        Assert.StartsWith("Sample 1 of the batch has token 7 at place 2, outside 0 to 6", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Tokens that fit in any place of a sample, and places without one.</summary>
    private static Dataset DataOf(ModelPlan plan, int samples = Samples)
    {
        float[] values = TokenModels.SamplesOf(plan, Enumerable.Range(0, samples * plan.InputCount).Select(i => MathF.Sin(i * i)));
        return Dataset.OfClasses("sines", plan.InputCount, values, [.. Enumerable.Range(0, samples).Select(s => s * s % 3)], 3);
    }

    private static double[] Fit(ModelPlan plan, Device device, double? maximumNorm = null)
    {
        using var model = new PlannedModel(plan, seed: 1, device);
        new Trainer(Steps(new Adam(0.02), epochs: 3) with { MaximumGradientNorm = maximumNorm }).Fit(model, DataOf(plan));
        return [.. model.Parameters.SelectMany(Read)];
    }

    private double[] ToEnd(ModelPlan plan, TrainingOptions options, string name, params long[] stops)
    {
        foreach (long? stop in stops.Cast<long?>().Append(null))
        {
            using var model = new PlannedModel(plan, seed: 1);
            TrainingResult result = new Trainer(WithStop(options, name, stop, out CancellationToken token)).Fit(model, DataOf(plan), cancellation: token);
            if (result.StopReason != StopReason.Cancelled)
                return [.. model.Parameters.SelectMany(Read)];
        }

        throw new InvalidOperationException("The run did not end.");
    }

    private static void Refuse(ModelPlan plan, TokenRows rows, string message)
    {
        using var model = new PlannedModel(plan, seed: 1);
        Dataset data = Dataset.OfClasses("words", rows, [0, 1], 3);
        Assert.Equal(message, Assert.Throws<DatasetException>(() => new Trainer(Steps(new Adam(), epochs: 1)).Fit(model, data)).Message);
    }

    private static Parameter Table(Model model) => model.Parameters.First(parameter => parameter.Role == ParameterRole.Table);

    private static double[] Read(Parameter parameter) => Slots.Read(parameter, parameter.Value);
}

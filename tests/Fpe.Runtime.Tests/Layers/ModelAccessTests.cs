using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Runtime.Tests.Compute;
using Fpe.Runtime.Tests.Training;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Layers;

/// <summary>One model and several calls at a time: what is allowed is right, what is not is refused by name.</summary>
public sealed class ModelAccessTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-access-");
    private readonly PlannedModel model = new(Expansions.Plan("random"), seed: 4);

    [Theory]
    [InlineData("random")]
    [InlineData("deal")]
    [InlineData("gelu")]
    [InlineData("tied biases")]
    public void Many_threads_predict_what_one_does(string name)
    {
        using var shared = new PlannedModel(name switch
        {
            "gelu" => Plans.OneHidden(8, 6, 5, new ExpansionPlan(2), ActivationFunction.Gelu),
            "tied biases" => Plans.OneHidden(8, 6, 5, new ExpansionPlan(2) { TiesBiases = true }),
            _ => Expansions.Plan(name),
        }, seed: 4);
        shared.Expand();
        float[] inputs = [.. Enumerable.Range(0, 700 * 8).Select(i => MathF.Sin(i))];
        float[][] expected = [.. Enumerable.Range(0, 2000).Select(Call)];
        int wrong = 0;
        Parallel.For(0, expected.Length, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i =>
        {
            if (!Call(i).AsSpan().SequenceEqual(expected[i]))
                Interlocked.Increment(ref wrong);
        });
        Assert.Equal(0, wrong);

        // one sample, a few, or more than are computed at once
        float[] Call(int i)
        {
            int count = i % 50 == 0 ? 700 : 1 + (i % 11);
            return shared.Outputs(inputs.AsSpan(i * 7 % (701 - count) * 8, count * 8));
        }
    }

    [Fact]
    public void Predictions_allocate_nothing_once_warm()
    {
        float[] sample = new float[8], samples = new float[8 * 300], outputs = new float[3], many = new float[3 * 300];
        Assert.Equal(0, Allocations.Fewest(Predict));

        void Predict()
        {
            model.Forward(sample, outputs);
            model.Forward(samples, many);
            model.Predict(sample);
        }
    }

    [Fact]
    public void What_changes_a_model_needs_it_alone()
    {
        using var other = new PlannedModel(model.Plan, seed: 5);
        model.Save(PathOf("net.safetensors"));
        (string Name, Action Call)[] changes =
        [
            ("be trained", () => new Trainer(new TrainingOptions()).Fit(model, Data())),
            ("be expanded", model.Expand),
            ("load weights", () => model.LoadWeights(PathOf("net.safetensors"))),
            ("take over the weights of another model", () => other.CopyTo(model)),
            ("be changed", () => model.BeginWrite().Dispose()),
        ];
        using (model.BeginRead())
        {
            foreach ((string name, Action call) in changes)
                Refused(name, "being read", "wait until that call has returned, or use a copy of the model, made with To(device).", call);
        }

        using (model.BeginWrite())
        {
            foreach ((string name, Action call) in changes)
                OnAnotherThread(() => Refused(name, "being changed", "wait until that call has returned, or use a copy of the model, made with To(device).", call));
        }

        changes[2].Call();
        changes[3].Call();
        changes[4].Call();
        changes[1].Call();
        changes[0].Call();
    }

    [Fact]
    public void Nobody_else_reads_what_is_being_changed()
    {
        using var other = new PlannedModel(model.Plan, seed: 5);
        using var evaluator = new Evaluator(model, Data(), Loss.SoftmaxCrossEntropy);
        (string Name, Action Call)[] readings =
        [
            ("predict", () => model.Predict(new float[8])),
            ("predict", () => model.Forward(new float[16], new float[6])),
            ("predict", () => model.Forward([], [])),
            ("be saved", () => model.Save(PathOf("net.safetensors"))),
            ("be copied", () => model.CopyTo(other)),
            ("be evaluated", () => evaluator.Evaluate()),
            ("be read", () => model.Summarize()),
            ("be read", () => model.Linears.First().ReadWeights()),
            ("be read", () => model.Linears.First().ReadBiases()),
            ("be read", () => model.Linears.First().ToDense()),
            ("be read", () => model.BeginRead().Dispose()),
        ];
        using (model.BeginWrite())
        {
            foreach ((string name, Action call) in readings)
            {
                OnAnotherThread(() => Refused(name, "being changed", "wait until that call has returned, or use a copy of the model, made with To(device).", call));
                call();
            }
        }

        Assert.All(readings, reading => reading.Call());
        model.Dispose();
        foreach ((_, Action call) in readings)
            Assert.StartsWith("TestNet was disposed; its weights no longer exist.", Assert.Throws<ObjectDisposedException>(call).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_observer_may_read_the_model_that_is_trained_but_not_change_it()
    {
        var observer = new Observer((trained, epoch) =>
        {
            Assert.Equal(3, ((PlannedModel)trained).Outputs(new float[8]).Length);
            trained.Save(PathOf($"{epoch}.safetensors"));
            Evaluator.Evaluate(trained, Data(), Loss.SoftmaxCrossEntropy);
            const string Fix = "observers and data sources may read the model, but not change it.";
            Refused("be expanded", "being trained", Fix, trained.Expand);
            Refused("be trained", "being trained", Fix, () => new Trainer(new TrainingOptions()).Fit(trained, Data()));
            OnAnotherThread(() => Refused("predict", "being trained", "wait until that call has returned, or use a copy of the model, made with To(device).", () => ((PlannedModel)trained).Predict(new float[8])));
        });
        new Trainer(new TrainingOptions { Epochs = 3, ExpandAfter = 1 }, observer).Fit(model, Data());
        Assert.Equal(3, observer.Epochs);
        Assert.True(model.IsExpanded);
    }

    [Fact]
    public void A_model_disposed_by_an_observer_is_trained_to_the_end_and_then_freed()
    {
        using var untouched = new PlannedModel(model.Plan, seed: 4);
        TrainingResult expected = new Trainer(new TrainingOptions { Epochs = 3 }).Fit(untouched, Data());
        TrainingResult result = new Trainer(new TrainingOptions { Epochs = 3 }, new Observer((trained, _) => trained.Dispose())).Fit(model, Data());
        Assert.Equal(expected.Epochs, result.Epochs);
        Assert.Throws<ObjectDisposedException>(() => model.Predict(new float[8]));
        Assert.Throws<ObjectDisposedException>(() => model.Linears.First().Weight.Value.Read(new float[1]));
    }

    [Fact]
    public void Memory_is_freed_when_the_last_reader_has_ended()
    {
        DeviceBuffer weights = model.Linears.First().Weight.Value;
        var one = new float[1];
        IDisposable first = model.BeginRead(), second = model.BeginRead();
        model.Dispose();
        model.Dispose();
        first.Dispose();
        first.Dispose();
        weights.Read(one);
        Assert.Throws<ObjectDisposedException>(model.BeginRead);
        second.Dispose();
        Assert.Throws<ObjectDisposedException>(() => weights.Read(one));
    }

    [Fact]
    public void Only_the_model_frees_its_memory()
    {
        Parameter weight = model.Linears.First().Weight;
        foreach (DeviceMemory memory in new DeviceMemory[] { weight.Value, weight.Gradient, weight.Edges! })
            Assert.Equal("This memory belongs to hidden.weight; it is freed when the model is disposed.", Assert.Throws<InvalidOperationException>(memory.Dispose).Message);
        Assert.Equal(3, model.Outputs(new float[8]).Length);
    }

    [Fact]
    public void An_evaluator_measures_once_at_a_time_and_ends_before_it_is_freed()
    {
        var evaluator = new Evaluator(model, Data(), Loss.SoftmaxCrossEntropy);
        Evaluation expected = evaluator.Evaluate();
        int refused = 0;
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            try
            {
                Assert.Equal(expected, evaluator.Evaluate());
            }
            catch (ModelInUseException e)
            {
                Assert.StartsWith("The evaluator of TestNet cannot be evaluated: it is being evaluated;", e.Message, StringComparison.Ordinal);
                Interlocked.Increment(ref refused);
            }
        });
        evaluator.Dispose();
        Assert.Throws<ObjectDisposedException>(() => evaluator.Evaluate());
    }

    [Fact]
    public void A_model_is_not_copied_to_itself() =>
        Assert.StartsWith("TestNet cannot be copied to itself; create another model.", Assert.Throws<ArgumentException>(() => model.CopyTo(model)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_sample_that_is_no_number_has_no_class()
    {
        float[] sample = [0, 1, 2, float.NaN, 4, 5, 6, 7];
        var error = Assert.Throws<ArgumentException>(() => model.Predict(sample));
        Assert.Equal("inputs", error.ParamName);
        Assert.StartsWith("Value 3 of the sample is NaN, from which TestNet predicts nothing; replace it with a finite number.", error.Message, StringComparison.Ordinal);
        Assert.All(model.Outputs(sample), output => Assert.True(float.IsNaN(output)));
    }

    [Fact]
    public void Weights_that_are_no_numbers_give_no_class()
    {
        model.Linears.Last().Bias.Value.Write([float.NaN], 1);
        var error = Assert.Throws<InvalidOperationException>(() => model.Predict(new float[8]));
        Assert.Equal("Output 1 of TestNet is not a number although the sample is finite: weights are not finite, or sums are too large; train the model again with a lower learning rate.", error.Message);
    }

    [Fact]
    public void One_sample_is_predicted_at_a_time()
    {
        var error = Assert.Throws<ArgumentException>(() => model.Predict(new float[16]));
        Assert.Equal("input", error.ParamName);
        Assert.StartsWith("TestNet predicts one sample of 8 values, but got 16; pass several samples to Forward, or to a method for a batch, such as PredictClasses.", error.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        model.Dispose();
        folder.Delete(recursive: true);
    }

    private static Dataset Data() => TrainingData.Directions(40, 8, 3);

    private static void OnAnotherThread(Action action)
    {
        Exception? error = null;
        var thread = new Thread(() => error = Record.Exception(action));
        thread.Start();
        thread.Join();
        if (error is not null)
            throw new Xunit.Sdk.XunitException(error.ToString());
    }

    private static void Refused(string action, string activity, string fix, Action call)
    {
        var error = Assert.Throws<ModelInUseException>(call);
        Assert.Equal("TestNet", error.Model);
        Assert.Equal($"TestNet cannot {action}: it is {activity}; {fix}", error.Message);
    }

    private string PathOf(string name) => Path.Combine(folder.FullName, name);

    private sealed class Observer(Action<Model, int> epochEnded) : ITrainingObserver
    {
        public int Epochs { get; private set; }

        public void EpochEnded(Model model, EpochReport report)
        {
            Epochs++;
            epochEnded(model, report.Epoch);
        }
    }
}

using System.Buffers;
using Fpe.Numerics;
using static System.FormattableString;

namespace Fpe;

/// <summary>Predicts what the task of a model means, from samples as they were read.</summary>
/// <param name="model">What computes the outputs.</param>
internal sealed class TaskPredictor(IOutputSource model)
{
    /// <summary>The largest number of values on the stack.</summary>
    private const int Most = 1024;

    /// <summary>The number of values of a sample.</summary>
    public int Width => Plan.InputCount;

    private ModelPlan Plan => model.Plan;

    /// <summary>Returns the number of samples, which must be whole.</summary>
    /// <exception cref="ArgumentException">The length is not a whole number of samples.</exception>
    public int SamplesIn(ReadOnlySpan<float> inputs)
    {
        int samples = Math.DivRem(inputs.Length, Plan.InputCount, out int rest);
        return rest == 0
            ? samples
            : throw new ArgumentException($"{Plan.Name} reads samples of {Plan.InputCount} values, but got {inputs.Length} values, which is not a whole number of samples.", nameof(inputs));
    }

    /// <summary>Returns the class of one sample.</summary>
    /// <exception cref="TaskMismatchException">The task has no single class.</exception>
    /// <inheritdoc cref="Compute" path="/exception"/>
    public int Class(ReadOnlySpan<float> input) => Class(input, out _);

    /// <summary>Returns the class of a sample of tokens.</summary>
    /// <exception cref="TaskMismatchException">The task has no single class.</exception>
    /// <inheritdoc cref="WriteTokens" path="/exception"/>
    public int Class(ReadOnlySpan<int> tokens)
    {
        Span<float> input = Width <= Most ? stackalloc float[Width] : new float[Width];
        WriteTokens(tokens, input);
        return Class(input);
    }

    /// <summary>Returns the name of the class of one sample.</summary>
    /// <exception cref="InvalidOperationException">The classes have no names, or an output is not a number.</exception>
    /// <inheritdoc cref="Class(ReadOnlySpan{float})" path="/exception"/>
    public string Name(ReadOnlySpan<float> input)
    {
        int predicted = Class(input, out ModelMeaning meaning);
        return meaning.ClassNames is { } names
            ? names[predicted]
            : throw new InvalidOperationException($"The classes of {Plan.Name} have no names; set Meaning with ClassNames.");
    }

    /// <summary>Returns the value of one sample: that of a regression in its units, class 0 or 1, or the output if the task is unknown.</summary>
    /// <inheritdoc cref="Compute" path="/exception"/>
    public float Value(ReadOnlySpan<float> input)
    {
        RequireOne(input);
        using ModelAccess.Scope scope = model.Access.Read(ModelUse.Predicting);
        ModelMeaning meaning = model.Meaning;
        Span<float> output = stackalloc float[1];
        Compute(meaning, input, output);
        if (meaning.Task == ModelTask.BinaryClassification)
            return meaning.ClassOf(output);
        meaning.Targets?.Invert(output, output);
        return output[0];
    }

    /// <summary>As <see cref="Value(ReadOnlySpan{float})"/>, for a sample of tokens.</summary>
    /// <inheritdoc cref="WriteTokens" path="/exception"/>
    public float Value(ReadOnlySpan<int> tokens)
    {
        Span<float> input = Width <= Most ? stackalloc float[Width] : new float[Width];
        WriteTokens(tokens, input);
        return Value(input);
    }

    /// <summary>Computes the outputs of samples as they were read: [batch, outputs].</summary>
    /// <inheritdoc cref="Compute" path="/exception"/>
    public void Outputs(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        using ModelAccess.Scope scope = model.Access.Read(ModelUse.Predicting);
        Compute(model.Meaning, inputs, outputs);
    }

    /// <summary>Predicts the classes of samples.</summary>
    /// <inheritdoc cref="Class(ReadOnlySpan{float})" path="/exception"/>
    public void Classes(ReadOnlySpan<float> inputs, Span<int> classes)
    {
        int samples = SamplesIn(inputs);
        RequireRoom(classes.Length, samples, 1, nameof(classes));
        using ModelAccess.Scope scope = model.Access.Read(ModelUse.Predicting);
        ModelMeaning meaning = model.Meaning;
        RequireClasses(meaning);
        int width = Plan.OutputCount;
        float[] outputs = ArrayPool<float>.Shared.Rent(Math.Max(1, samples * width));
        try
        {
            Compute(meaning, inputs, outputs.AsSpan(0, samples * width));
            for (int s = 0; s < samples; s++)
                classes[s] = meaning.ClassOf(outputs.AsSpan(s * width, width));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(outputs);
        }
    }

    /// <summary>Predicts the values of a regression, in the units of its targets.</summary>
    /// <exception cref="TaskMismatchException">The task is not regression.</exception>
    /// <inheritdoc cref="Compute" path="/exception"/>
    public void Values(ReadOnlySpan<float> inputs, Span<float> values)
    {
        using ModelAccess.Scope scope = model.Access.Read(ModelUse.Predicting);
        ModelMeaning meaning = model.Meaning;
        Require(meaning, ModelTask.Regression, "values");
        RequireRoom(values.Length, SamplesIn(inputs), Plan.OutputCount, nameof(values));
        Compute(meaning, inputs, values);
        meaning.Targets?.Invert(values, values);
    }

    /// <summary>Predicts which labels samples have: [batch, labels].</summary>
    /// <exception cref="TaskMismatchException">The task is not multi-label classification.</exception>
    /// <inheritdoc cref="Compute" path="/exception"/>
    public void Labels(ReadOnlySpan<float> inputs, Span<bool> labels)
    {
        using ModelAccess.Scope scope = model.Access.Read(ModelUse.Predicting);
        ModelMeaning meaning = model.Meaning;
        Require(meaning, ModelTask.MultiLabel, "labels");
        RequireRoom(labels.Length, SamplesIn(inputs), Plan.OutputCount, nameof(labels));
        float[] outputs = ArrayPool<float>.Shared.Rent(Math.Max(1, labels.Length));
        try
        {
            Compute(meaning, inputs, outputs.AsSpan(0, labels.Length));
            for (int i = 0; i < labels.Length; i++)
                labels[i] = meaning.IsAboveThreshold(outputs[i]);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(outputs);
        }
    }

    /// <summary>Predicts probabilities: [batch, outputs].</summary>
    /// <exception cref="TaskMismatchException">The task has no probabilities.</exception>
    /// <inheritdoc cref="Compute" path="/exception"/>
    public void Probabilities(ReadOnlySpan<float> inputs, Span<float> probabilities)
    {
        using ModelAccess.Scope scope = model.Access.Read(ModelUse.Predicting);
        ModelMeaning meaning = model.Meaning;
        RequireProbabilities(meaning);
        RequireRoom(probabilities.Length, SamplesIn(inputs), Plan.OutputCount, nameof(probabilities));
        Compute(meaning, inputs, probabilities);
        OutputProbabilities.OfOutputs(meaning.Task!.Value, probabilities, Plan.OutputCount);
    }

    /// <summary>Returns the most probable classes of one sample, the most probable first; of equal ones the first comes first.</summary>
    /// <inheritdoc cref="TopK(ReadOnlySpan{float}, Span{ClassProbability})" path="/exception"/>
    public ClassProbability[] TopK(ReadOnlySpan<float> input, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        int classes = ClassCount(model.Meaning);
        if (k > classes)
            throw new ArgumentOutOfRangeException(nameof(k), k, $"{Plan.Name} has {classes} classes; use at most {classes}.");
        var best = new ClassProbability[k];
        TopK(input, best);
        return best;
    }

    /// <summary>Fills a span with the most probable classes of one sample, the most probable first; of equal ones the first comes first.</summary>
    /// <inheritdoc cref="Probabilities" path="/exception"/>
    public void TopK(ReadOnlySpan<float> input, Span<ClassProbability> best)
    {
        RequireOne(input);
        using ModelAccess.Scope scope = model.Access.Read(ModelUse.Predicting);
        ModelMeaning meaning = model.Meaning;
        RequireProbabilities(meaning);
        int classes = ClassCount(meaning);
        if (best.Length == 0 || best.Length > classes)
            throw new ArgumentException($"{Plan.Name} has {classes} classes, but the span has room for {best.Length}; use 1 to {classes}.", nameof(best));

        Span<float> logits = classes <= Most ? stackalloc float[classes] : new float[classes];
        Span<float> probabilities = classes <= Most ? stackalloc float[classes] : new float[classes];
        Compute(meaning, input, logits[..Plan.OutputCount]);
        logits.CopyTo(probabilities);
        OutputProbabilities.OfOutputs(meaning.Task!.Value, probabilities[..Plan.OutputCount], Plan.OutputCount);
        if (meaning.Task == ModelTask.BinaryClassification)
        {
            (logits[0], logits[1]) = (-logits[0], logits[0]);
            (probabilities[0], probabilities[1]) = (1 - probabilities[0], probabilities[0]);
        }

        // Logits order classes whose probabilities are equal in 32 bits.
        for (int c = 0; c < classes; c++)
        {
            int place = Math.Min(c, best.Length);
            while (place > 0 && logits[best[place - 1].Index] < logits[c])
                place--;
            if (place == best.Length)
                continue;
            int kept = Math.Min(c, best.Length - 1);
            best[place..kept].CopyTo(best[(place + 1)..]);
            best[place] = new ClassProbability(c, meaning.ClassNames?[c], probabilities[c]);
        }
    }

    /// <summary>Writes tokens as a sample, with −1 after the last one.</summary>
    /// <exception cref="ArgumentException">There are no tokens or too many, one is not in the vocabulary, or the model does not read tokens alone.</exception>
    public void WriteTokens(ReadOnlySpan<int> tokens, Span<float> sample)
    {
        if (Plan.SampleParts is not [{ Vocabulary: > 0 and var vocabulary }])
            throw new ArgumentException($"{Plan.Name} does not read a sample of tokens; pass its {Plan.InputCount} values as float.", nameof(tokens));
        if (tokens.Length == 0 || tokens.Length > sample.Length)
            throw new ArgumentException($"{Plan.Name} reads 1 to {sample.Length} tokens, but got {tokens.Length}; {(tokens.Length == 0 ? "pass at least one" : "cut the sample, or declare more tokens")}.", nameof(tokens));
        for (int p = 0; p < tokens.Length; p++)
        {
            if ((uint)tokens[p] >= (uint)vocabulary)
                throw new ArgumentException($"Token {p} is {tokens[p]}, but the vocabulary of {Plan.Name} is 0 to {vocabulary - 1}; map it to one of these.", nameof(tokens));
            sample[p] = tokens[p];
        }

        sample[tokens.Length..].Fill(-1);
    }

    /// <exception cref="ArgumentException">The length is not that of one sample.</exception>
    public void RequireOne(ReadOnlySpan<float> input)
    {
        if (input.Length != Plan.InputCount)
            throw new ArgumentException($"{Plan.Name} predicts one sample of {Plan.InputCount} values, but got {input.Length}; pass several samples to Forward, or to a method for a batch, such as PredictClasses.", nameof(input));
    }

    /// <summary>
    /// Standardises samples if the model says so, and computes their outputs, for a caller that has read access: the meaning stays that of
    /// the outputs until it ends.
    /// </summary>
    /// <param name="meaning">The meaning of the model.</param>
    /// <param name="inputs">Samples row by row: [batch, inputs].</param>
    /// <param name="outputs">Receives the outputs row by row: [batch, outputs].</param>
    /// <exception cref="ArgumentException">A length is wrong, or a value is not finite.</exception>
    /// <exception cref="InvalidOperationException">An output is not a number although all values are finite.</exception>
    /// <exception cref="ModelInUseException">Another thread is changing the model.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    private void Compute(ModelMeaning meaning, ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        int samples = SamplesIn(inputs);
        RequireRoom(outputs.Length, samples, Plan.OutputCount, "outputs");
        RequireFinite(inputs);
        if (meaning.Features is { } features)
        {
            float[] standardized = ArrayPool<float>.Shared.Rent(inputs.Length);
            try
            {
                features.Apply(inputs, standardized.AsSpan(0, inputs.Length));
                model.ForwardAlone(standardized.AsSpan(0, inputs.Length), outputs, samples);
            }
            finally
            {
                ArrayPool<float>.Shared.Return(standardized);
            }
        }
        else
        {
            model.ForwardAlone(inputs, outputs, samples);
        }

        RequireNumbers(outputs);
    }

    private int Class(ReadOnlySpan<float> input, out ModelMeaning meaning)
    {
        RequireOne(input);
        using ModelAccess.Scope scope = model.Access.Read(ModelUse.Predicting);
        meaning = model.Meaning;
        RequireClasses(meaning);
        Span<float> outputs = Plan.OutputCount <= Most ? stackalloc float[Plan.OutputCount] : new float[Plan.OutputCount];
        Compute(meaning, input, outputs);
        return meaning.ClassOf(outputs);
    }

    /// <summary>The number of classes, or labels; binary classification has two with a single output.</summary>
    private int ClassCount(ModelMeaning meaning) => meaning.Task == ModelTask.BinaryClassification ? 2 : Plan.OutputCount;

    private void RequireClasses(ModelMeaning meaning)
    {
        if (meaning.Task is ModelTask.Classification or ModelTask.BinaryClassification || (meaning.Task is null && Plan.OutputCount > 1))
            return;
        if (meaning.Task is null)
            throw UnknownTask("a class");
        throw new TaskMismatchException(Plan.Name, $"its task is {meaning.Task.Value.Text()}, which predicts no single class; call {(meaning.Task == ModelTask.MultiLabel ? "PredictLabels" : "PredictValues")}.");
    }

    private void RequireProbabilities(ModelMeaning meaning)
    {
        if (meaning.Task is null)
            throw UnknownTask("probabilities");
        if (meaning.Task == ModelTask.Regression)
            throw new TaskMismatchException(Plan.Name, $"its task is {ModelTask.Regression.Text()}, which has no probabilities; call PredictValues.");
    }

    private void Require(ModelMeaning meaning, ModelTask task, string what)
    {
        if (meaning.Task is null)
            throw UnknownTask(what);
        if (meaning.Task != task)
            throw new TaskMismatchException(Plan.Name, $"its task is {meaning.Task.Value.Text()}, but {what} are predicted by {task.Text()}; call {(meaning.Task switch { ModelTask.Regression => "PredictValues", ModelTask.MultiLabel => "PredictLabels", _ => "PredictClasses" })}.");
    }

    private TaskMismatchException UnknownTask(string what) =>
        new(Plan.Name, $"it cannot predict {what}, because its task is not known; train it with a loss that has one, or set Meaning with a Task.");

    private void RequireFinite(ReadOnlySpan<float> inputs)
    {
        if (NonFinite.IndexIn(inputs) is not (>= 0 and var wrong))
            return;
        (int sample, int value) = Math.DivRem(wrong, Plan.InputCount);
        string of = inputs.Length == Plan.InputCount ? "the sample" : $"sample {sample}";
        throw new ArgumentException(Invariant($"Value {value} of {of} is {inputs[wrong]}, from which {Plan.Name} predicts nothing; replace it with a finite number."), nameof(inputs));
    }

    private void RequireNumbers(ReadOnlySpan<float> outputs)
    {
        for (int i = 0; i < outputs.Length; i++)
        {
            if (float.IsNaN(outputs[i]))
                throw new InvalidOperationException($"Output {i % Plan.OutputCount} of {Plan.Name} is not a number although the sample is finite: weights are not finite, or sums are too large; train the model again with a lower learning rate.");
        }
    }

    private void RequireRoom(int length, int samples, int width, string parameter)
    {
        if (length != (long)samples * width)
            throw new ArgumentException($"{Plan.Name} predicts {width} values for each of {samples} samples, but the span has room for {length}.", parameter);
    }
}

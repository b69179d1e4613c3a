namespace Fpe;

/// <summary>
/// Predicts what the task of a model or a <see cref="Predictor"/> means. Samples are passed as they were read, and are standardised if the model has a
/// standardisation. Generated classes add <c>Predict</c> for one sample.
/// </summary>
/// <remarks>
/// All methods throw a <see cref="TaskMismatchException"/> if the task has no such answer, an <see cref="ArgumentException"/> if a length
/// does not fit or a value is not finite, which it names, a <see cref="Data.DatasetException"/> if a standardised value does not fit into 32
/// bits, an <see cref="InvalidOperationException"/> if an output is not a number, and the exceptions of <see cref="Model"/> if it is being
/// changed or was disposed.
/// </remarks>
public static class Predictions
{
    extension(IPredictor predictor)
    {
        /// <summary>Computes the outputs of a batch of samples as they were read: logits, or for regression standardised values.</summary>
        /// <param name="inputs">Samples row by row: [batch, inputs].</param>
        /// <param name="outputs">Receives the outputs row by row: [batch, outputs].</param>
        /// <exception cref="ArgumentException">A length does not fit, or a value is not finite.</exception>
        public void PredictOutputs(ReadOnlySpan<float> inputs, Span<float> outputs) => TasksOf(predictor).Outputs(inputs, outputs);

        /// <summary>Predicts the classes of a batch: the most probable one, or 0 or 1 for binary classification.</summary>
        /// <param name="inputs">Samples row by row: [batch, inputs].</param>
        /// <param name="classes">Receives a class for each sample.</param>
        /// <exception cref="TaskMismatchException">The task has no single class.</exception>
        /// <exception cref="ArgumentException">A length does not fit, or a value is not finite.</exception>
        public void Predict(ReadOnlySpan<float> inputs, Span<int> classes) => TasksOf(predictor).Classes(inputs, classes);

        /// <summary>Predicts the values of a batch in the units of the targets.</summary>
        /// <param name="inputs">Samples row by row: [batch, inputs].</param>
        /// <param name="values">Receives the values row by row: [batch, outputs].</param>
        /// <exception cref="TaskMismatchException">The task is not regression.</exception>
        /// <exception cref="ArgumentException">A length does not fit, or a value is not finite.</exception>
        public void Predict(ReadOnlySpan<float> inputs, Span<float> values) => TasksOf(predictor).Values(inputs, values);

        /// <summary>Predicts the labels of a batch.</summary>
        /// <param name="inputs">Samples row by row: [batch, inputs].</param>
        /// <param name="labels">Receives whether each sample has each label: [batch, outputs].</param>
        /// <exception cref="TaskMismatchException">The task is not multi-label classification.</exception>
        /// <exception cref="ArgumentException">A length does not fit, or a value is not finite.</exception>
        public void Predict(ReadOnlySpan<float> inputs, Span<bool> labels) => TasksOf(predictor).Labels(inputs, labels);

        /// <summary>Predicts the classes of a batch: the most probable one, or 0 or 1 for binary classification.</summary>
        /// <param name="inputs">Samples row by row: [batch, inputs].</param>
        /// <returns>A class for each sample.</returns>
        /// <exception cref="TaskMismatchException">The task has no single class.</exception>
        /// <exception cref="ArgumentException">A length does not fit, or a value is not finite.</exception>
        public int[] PredictClasses(ReadOnlySpan<float> inputs)
        {
            TaskPredictor tasks = TasksOf(predictor);
            var classes = new int[tasks.SamplesIn(inputs)];
            tasks.Classes(inputs, classes);
            return classes;
        }

        /// <summary>Predicts the class of one sample, by its name.</summary>
        /// <param name="input">One sample.</param>
        /// <exception cref="InvalidOperationException">The classes have no names.</exception>
        /// <exception cref="TaskMismatchException">The task has no single class.</exception>
        /// <exception cref="ArgumentException">The length does not fit, or a value is not finite.</exception>
        public string PredictName(ReadOnlySpan<float> input) => TasksOf(predictor).Name(input);

        /// <summary>Predicts the labels of one sample: those whose probability is above the threshold.</summary>
        /// <param name="input">One sample.</param>
        /// <returns>The labels, ascending.</returns>
        /// <exception cref="TaskMismatchException">The task is not multi-label classification.</exception>
        /// <exception cref="ArgumentException">The length does not fit, or a value is not finite.</exception>
        public int[] PredictLabels(ReadOnlySpan<float> input)
        {
            TaskPredictor tasks = TasksOf(predictor);
            tasks.RequireOne(input);
            var labels = new bool[predictor.Plan.OutputCount];
            tasks.Labels(input, labels);
            return [.. Enumerable.Range(0, labels.Length).Where(label => labels[label])];
        }

        /// <summary>Predicts the values of a batch in the units of the targets.</summary>
        /// <param name="inputs">Samples row by row: [batch, inputs].</param>
        /// <returns>The values row by row: [batch, outputs].</returns>
        /// <exception cref="TaskMismatchException">The task is not regression.</exception>
        /// <exception cref="ArgumentException">The length does not fit, or a value is not finite.</exception>
        public float[] PredictValues(ReadOnlySpan<float> inputs)
        {
            TaskPredictor tasks = TasksOf(predictor);
            var values = new float[tasks.SamplesIn(inputs) * predictor.Plan.OutputCount];
            tasks.Values(inputs, values);
            return values;
        }

        /// <summary>
        /// Predicts the probabilities of a batch: of each class or label, or of class 1 for binary classification.
        /// </summary>
        /// <param name="inputs">Samples row by row: [batch, inputs].</param>
        /// <returns>The probabilities row by row: [batch, outputs].</returns>
        /// <exception cref="TaskMismatchException">The task has no probabilities.</exception>
        /// <exception cref="ArgumentException">The length does not fit, or a value is not finite.</exception>
        public float[] PredictProbabilities(ReadOnlySpan<float> inputs)
        {
            TaskPredictor tasks = TasksOf(predictor);
            var probabilities = new float[tasks.SamplesIn(inputs) * predictor.Plan.OutputCount];
            tasks.Probabilities(inputs, probabilities);
            return probabilities;
        }

        /// <inheritdoc cref="PredictProbabilities(IPredictor, ReadOnlySpan{float})" path="/summary"/>
        /// <param name="inputs">Samples row by row: [batch, inputs].</param>
        /// <param name="probabilities">Receives the probabilities row by row: [batch, outputs].</param>
        /// <exception cref="TaskMismatchException">The task has no probabilities.</exception>
        /// <exception cref="ArgumentException">A length does not fit, or a value is not finite.</exception>
        public void PredictProbabilities(ReadOnlySpan<float> inputs, Span<float> probabilities) => TasksOf(predictor).Probabilities(inputs, probabilities);

        /// <summary>Predicts the probabilities of one sample of tokens.</summary>
        /// <param name="tokens">From 1 to <see cref="ModelPlan.InputCount"/> tokens.</param>
        /// <returns>The probability of each output.</returns>
        /// <exception cref="TaskMismatchException">The task has no probabilities.</exception>
        /// <exception cref="ArgumentException">There are no tokens or too many, or one is not in the vocabulary.</exception>
        public float[] PredictProbabilities(ReadOnlySpan<int> tokens) => predictor.PredictProbabilities(SampleOf(predictor, tokens));

        /// <summary>
        /// Predicts the k most probable classes, or labels, of one sample with their names and probabilities, the most probable first.
        /// </summary>
        /// <param name="input">One sample.</param>
        /// <param name="k">The number of classes; from 1 to all.</param>
        /// <exception cref="TaskMismatchException">The task has no probabilities.</exception>
        /// <exception cref="ArgumentException">The length or k does not fit, or a value is not finite.</exception>
        public ClassProbability[] PredictTopK(ReadOnlySpan<float> input, int k) => TasksOf(predictor).TopK(input, k);

        /// <summary>
        /// Fills a span with the most probable classes, or labels, of one sample, the most probable first. Allocates nothing for up to
        /// 1,024 classes.
        /// </summary>
        /// <param name="input">One sample.</param>
        /// <param name="best">Receives as many classes as it has room for; from 1 to all.</param>
        /// <exception cref="TaskMismatchException">The task has no probabilities.</exception>
        /// <exception cref="ArgumentException">A length does not fit, or a value is not finite.</exception>
        public void PredictTopK(ReadOnlySpan<float> input, Span<ClassProbability> best) => TasksOf(predictor).TopK(input, best);

        /// <inheritdoc cref="PredictTopK(IPredictor, ReadOnlySpan{float}, int)" path="/summary"/>
        /// <param name="tokens">From 1 to <see cref="ModelPlan.InputCount"/> tokens.</param>
        /// <param name="k">The number of classes; from 1 to all.</param>
        /// <exception cref="TaskMismatchException">The task has no probabilities.</exception>
        /// <exception cref="ArgumentException">There are no tokens or too many, one is not in the vocabulary, or k does not fit.</exception>
        public ClassProbability[] PredictTopK(ReadOnlySpan<int> tokens, int k) => TasksOf(predictor).TopK(SampleOf(predictor, tokens), k);
    }

    private static TaskPredictor TasksOf(IPredictor predictor)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        return predictor.Tasks;
    }

    private static float[] SampleOf(IPredictor predictor, ReadOnlySpan<int> tokens)
    {
        TaskPredictor tasks = TasksOf(predictor);
        var sample = new float[tasks.Width];
        tasks.WriteTokens(tokens, sample);
        return sample;
    }
}

namespace Fpe;

/// <summary>
/// Predicts what the task of a model means. Samples are passed as they were read, and are standardised if the model has a
/// standardisation. Generated classes add <c>Predict</c> for one sample.
/// </summary>
/// <remarks>
/// All methods throw a <see cref="TaskMismatchException"/> if the task has no such answer, an <see cref="ArgumentException"/> if a length
/// does not fit or a value is not finite, which it names, a <see cref="Data.DatasetException"/> if a standardised value does not fit into 32
/// bits, an <see cref="InvalidOperationException"/> if an output is not a number, and the exceptions of <see cref="Model"/> if it is being
/// changed or was disposed.
/// </remarks>
public static class ModelPredictions
{
    extension(Model model)
    {
        /// <summary>Predicts the classes of a batch: the most probable one, or 0 or 1 for binary classification.</summary>
        /// <param name="inputs">Samples row by row: [batch, inputs].</param>
        /// <param name="classes">Receives a class for each sample.</param>
        /// <exception cref="TaskMismatchException">The task has no single class.</exception>
        /// <exception cref="ArgumentException">A length does not fit, or a value is not finite.</exception>
        public void Predict(ReadOnlySpan<float> inputs, Span<int> classes) => PredictorOf(model).Classes(inputs, classes);

        /// <summary>Predicts the values of a batch in the units of the targets.</summary>
        /// <param name="inputs">Samples row by row: [batch, inputs].</param>
        /// <param name="values">Receives the values row by row: [batch, outputs].</param>
        /// <exception cref="TaskMismatchException">The task is not regression.</exception>
        /// <exception cref="ArgumentException">A length does not fit, or a value is not finite.</exception>
        public void Predict(ReadOnlySpan<float> inputs, Span<float> values) => PredictorOf(model).Values(inputs, values);

        /// <summary>Predicts the labels of a batch.</summary>
        /// <param name="inputs">Samples row by row: [batch, inputs].</param>
        /// <param name="labels">Receives whether each sample has each label: [batch, outputs].</param>
        /// <exception cref="TaskMismatchException">The task is not multi-label classification.</exception>
        /// <exception cref="ArgumentException">A length does not fit, or a value is not finite.</exception>
        public void Predict(ReadOnlySpan<float> inputs, Span<bool> labels) => PredictorOf(model).Labels(inputs, labels);

        /// <summary>Predicts the classes of a batch: the most probable one, or 0 or 1 for binary classification.</summary>
        /// <param name="inputs">Samples row by row: [batch, inputs].</param>
        /// <returns>A class for each sample.</returns>
        /// <exception cref="TaskMismatchException">The task has no single class.</exception>
        /// <exception cref="ArgumentException">A length does not fit, or a value is not finite.</exception>
        public int[] PredictClasses(ReadOnlySpan<float> inputs)
        {
            Predictor predictor = PredictorOf(model);
            var classes = new int[predictor.SamplesIn(inputs)];
            predictor.Classes(inputs, classes);
            return classes;
        }

        /// <summary>Predicts the class of one sample, by its name.</summary>
        /// <param name="input">One sample.</param>
        /// <exception cref="InvalidOperationException">The classes have no names.</exception>
        /// <exception cref="TaskMismatchException">The task has no single class.</exception>
        /// <exception cref="ArgumentException">The length does not fit, or a value is not finite.</exception>
        public string PredictName(ReadOnlySpan<float> input) => PredictorOf(model).Name(input);

        /// <summary>Predicts the labels of one sample: those whose probability is above the threshold.</summary>
        /// <param name="input">One sample.</param>
        /// <returns>The labels, ascending.</returns>
        /// <exception cref="TaskMismatchException">The task is not multi-label classification.</exception>
        /// <exception cref="ArgumentException">The length does not fit, or a value is not finite.</exception>
        public int[] PredictLabels(ReadOnlySpan<float> input)
        {
            Predictor predictor = PredictorOf(model);
            predictor.RequireOne(input);
            var labels = new bool[model.Plan.OutputCount];
            predictor.Labels(input, labels);
            return [.. Enumerable.Range(0, labels.Length).Where(label => labels[label])];
        }

        /// <summary>Predicts the values of a batch in the units of the targets.</summary>
        /// <param name="inputs">Samples row by row: [batch, inputs].</param>
        /// <returns>The values row by row: [batch, outputs].</returns>
        /// <exception cref="TaskMismatchException">The task is not regression.</exception>
        /// <exception cref="ArgumentException">The length does not fit, or a value is not finite.</exception>
        public float[] PredictValues(ReadOnlySpan<float> inputs)
        {
            Predictor predictor = PredictorOf(model);
            var values = new float[predictor.SamplesIn(inputs) * model.Plan.OutputCount];
            predictor.Values(inputs, values);
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
            Predictor predictor = PredictorOf(model);
            var probabilities = new float[predictor.SamplesIn(inputs) * model.Plan.OutputCount];
            predictor.Probabilities(inputs, probabilities);
            return probabilities;
        }

        /// <inheritdoc cref="PredictProbabilities(Model, ReadOnlySpan{float})" path="/summary"/>
        /// <param name="inputs">Samples row by row: [batch, inputs].</param>
        /// <param name="probabilities">Receives the probabilities row by row: [batch, outputs].</param>
        /// <exception cref="TaskMismatchException">The task has no probabilities.</exception>
        /// <exception cref="ArgumentException">A length does not fit, or a value is not finite.</exception>
        public void PredictProbabilities(ReadOnlySpan<float> inputs, Span<float> probabilities) => PredictorOf(model).Probabilities(inputs, probabilities);

        /// <summary>Predicts the probabilities of one sample of tokens.</summary>
        /// <param name="tokens">From 1 to <see cref="ModelPlan.InputCount"/> tokens.</param>
        /// <returns>The probability of each output.</returns>
        /// <exception cref="TaskMismatchException">The task has no probabilities.</exception>
        /// <exception cref="ArgumentException">There are no tokens or too many, or one is not in the vocabulary.</exception>
        public float[] PredictProbabilities(ReadOnlySpan<int> tokens) => model.PredictProbabilities(SampleOf(model, tokens));

        /// <summary>
        /// Predicts the k most probable classes, or labels, of one sample with their names and probabilities, the most probable first.
        /// </summary>
        /// <param name="input">One sample.</param>
        /// <param name="k">The number of classes; from 1 to all.</param>
        /// <exception cref="TaskMismatchException">The task has no probabilities.</exception>
        /// <exception cref="ArgumentException">The length or k does not fit, or a value is not finite.</exception>
        public ClassProbability[] PredictTopK(ReadOnlySpan<float> input, int k) => PredictorOf(model).TopK(input, k);

        /// <inheritdoc cref="PredictTopK(Model, ReadOnlySpan{float}, int)" path="/summary"/>
        /// <param name="tokens">From 1 to <see cref="ModelPlan.InputCount"/> tokens.</param>
        /// <param name="k">The number of classes; from 1 to all.</param>
        /// <exception cref="TaskMismatchException">The task has no probabilities.</exception>
        /// <exception cref="ArgumentException">There are no tokens or too many, one is not in the vocabulary, or k does not fit.</exception>
        public ClassProbability[] PredictTopK(ReadOnlySpan<int> tokens, int k) => PredictorOf(model).TopK(SampleOf(model, tokens), k);
    }

    private static Predictor PredictorOf(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Predictor;
    }

    private static float[] SampleOf(Model model, ReadOnlySpan<int> tokens)
    {
        var sample = new float[PredictorOf(model).Width];
        model.Predictor.WriteTokens(tokens, sample);
        return sample;
    }
}

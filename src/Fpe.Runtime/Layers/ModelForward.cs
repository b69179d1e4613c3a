namespace Fpe;

/// <summary>Computes the outputs of a model whose class is not known, as <c>DigitsNet.Forward</c> does for a declared one.</summary>
public static class ModelForward
{
    extension(Model model)
    {
        /// <summary>Computes the outputs of one or more samples.</summary>
        /// <param name="inputs">Samples row by row: [batch, inputs].</param>
        /// <param name="outputs">Receives the outputs row by row: [batch, outputs].</param>
        /// <exception cref="ArgumentException">A length is not a whole number of samples, or the lengths do not match.</exception>
        /// <exception cref="ModelInUseException">Another thread is changing the model.</exception>
        /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
        public void Forward(ReadOnlySpan<float> inputs, Span<float> outputs)
        {
            ArgumentNullException.ThrowIfNull(model);
            model.ForwardBatch(inputs, outputs);
        }
    }
}

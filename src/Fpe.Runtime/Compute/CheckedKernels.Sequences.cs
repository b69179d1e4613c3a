namespace Fpe.Compute;

internal sealed partial class CheckedKernels
{
    /// <summary>The most rows of a table: larger token numbers would not be exact in single precision.</summary>
    private const int MaximumVocabulary = 1 << 24;

    public void EmbeddingForward(
        DeviceBuffer table, DeviceBuffer? positions, int dimension, Activations tokens, Activations y, int batch)
    {
        CheckTable(table, dimension);
        CheckSequences(tokens, dimension, y, batch, nameof(y));
        if (positions is not null)
            arguments.Check(positions, checked(tokens.Features * dimension));
        KernelArguments.CheckDistinct(tokens, y);
        kernels.EmbeddingForward(table, positions, dimension, tokens, y, batch);
        KeepAlive(table, positions, tokens, y);
    }

    public void EmbeddingBagForward(DeviceBuffer table, int dimension, bool mean, Activations tokens, Activations y, int batch)
    {
        CheckTable(table, dimension);
        CheckTokens(tokens, batch);
        arguments.Check(y, dimension, batch, tokens);
        KernelArguments.CheckDistinct(tokens, y);
        kernels.EmbeddingBagForward(table, dimension, mean, tokens, y, batch);
        KeepAlive(table, tokens, y);
    }

    public void EmbeddingGradient(
        int dimension, Activations tokens, Activations dy, IndexBuffer slots, IndexBuffer rows, DeviceBuffer gradient,
        DeviceBuffer? positionGradient, int batch)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        CheckSequences(tokens, dimension, dy, batch, nameof(dy));
        CheckRowGradient(dimension, tokens, slots, rows, gradient, batch);
        if (positionGradient is not null)
        {
            arguments.Check(positionGradient, checked(tokens.Features * dimension));
            KernelArguments.CheckDistinct(gradient, positionGradient);
        }

        kernels.EmbeddingGradient(dimension, tokens, dy, slots, rows, gradient, positionGradient, batch);
        KeepAlive(tokens, dy, slots, rows, gradient, positionGradient);
    }

    public void EmbeddingBagGradient(
        int dimension, bool mean, Activations tokens, Activations dy, IndexBuffer slots, IndexBuffer rows, DeviceBuffer gradient, int batch)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        CheckTokens(tokens, batch);
        arguments.Check(dy, dimension, batch, tokens);
        CheckRowGradient(dimension, tokens, slots, rows, gradient, batch);
        kernels.EmbeddingBagGradient(dimension, mean, tokens, dy, slots, rows, gradient, batch);
        KeepAlive(tokens, dy, slots, rows, gradient);
    }

    public void AdamStepRows(
        IndexBuffer rows, DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer firstMoment, DeviceBuffer secondMoment,
        in AdamConstants step)
    {
        CheckRows(rows, weights, gradient);
        arguments.Check(firstMoment, weights.Length);
        arguments.Check(secondMoment, weights.Length);
        CheckAdam(in step);
        kernels.AdamStepRows(rows, weights, gradient, firstMoment, secondMoment, in step);
        KeepAlive(rows, weights, gradient, firstMoment, secondMoment);
    }

    public void SgdStepRows(
        IndexBuffer rows, DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer? velocity, in SgdConstants step)
    {
        CheckRows(rows, weights, gradient);
        if (velocity is not null)
            arguments.Check(velocity, weights.Length);
        kernels.SgdStepRows(rows, weights, gradient, velocity, in step);
        KeepAlive(rows, weights, gradient, velocity);
    }

    public void AttentionForward(
        AttentionShape shape, Activations qkv, Activations? tokens, Activations probabilities, Activations y, int batch)
    {
        CheckAttention(shape, qkv, probabilities, y, batch, nameof(y));
        if (tokens is not null)
            arguments.Check(tokens, shape.Places, batch, qkv);
        KernelArguments.CheckDistinct(qkv, y);
        KernelArguments.CheckDistinct(qkv, probabilities);
        KernelArguments.CheckDistinct(y, probabilities);
        KernelArguments.CheckDistinct(tokens!, y);
        KernelArguments.CheckDistinct(tokens!, probabilities);
        kernels.AttentionForward(shape, qkv, tokens, probabilities, y, batch);
        KeepAlive(qkv, tokens, probabilities, y);
    }

    public void AttentionInputGradient(
        AttentionShape shape, Activations qkv, Activations probabilities, Activations dy, Activations dqkv, int batch)
    {
        CheckAttention(shape, qkv, probabilities, dy, batch, nameof(dy));
        arguments.Check(dqkv, shape.InputCount, batch, qkv);
        KernelArguments.CheckDistinct(qkv, dqkv);
        KernelArguments.CheckDistinct(probabilities, dqkv);
        KernelArguments.CheckDistinct(probabilities, dy);
        KernelArguments.CheckDistinct(dy, dqkv);
        kernels.AttentionInputGradient(shape, qkv, probabilities, dy, dqkv, batch);
        KeepAlive(qkv, probabilities, dy, dqkv);
    }

    public void MeanOfTokens(Activations tokens, Activations x, Activations y, int batch)
    {
        ArgumentNullException.ThrowIfNull(y);
        arguments.Check(y, y.Features, batch);
        CheckSequences(tokens, y.Features, x, batch, nameof(x));
        arguments.Check(y, y.Features, batch, tokens);
        KernelArguments.CheckDistinct(tokens, y);
        KernelArguments.CheckDistinct(x, y);
        kernels.MeanOfTokens(tokens, x, y, batch);
        KeepAlive(tokens, x, y);
    }

    public void MeanOfTokensGradient(Activations tokens, Activations dy, Activations dx, int batch)
    {
        ArgumentNullException.ThrowIfNull(dy);
        arguments.Check(dy, dy.Features, batch);
        CheckSequences(tokens, dy.Features, dx, batch, nameof(dx));
        arguments.Check(dy, dy.Features, batch, tokens);
        KernelArguments.CheckDistinct(tokens, dx);
        KernelArguments.CheckDistinct(dy, dx);
        kernels.MeanOfTokensGradient(tokens, dy, dx, batch);
        KeepAlive(tokens, dy, dx);
    }

    private void CheckTokens(Activations tokens, int batch)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        arguments.Check(tokens, tokens.Features, batch);
    }

    /// <summary>Checks tokens, and sequences over the same places.</summary>
    private void CheckSequences(Activations tokens, int units, Activations sequences, int batch, string name)
    {
        CheckTokens(tokens, batch);
        arguments.Check(sequences, checked(units * tokens.Features), batch, tokens, name);
    }

    private void CheckTable(DeviceBuffer table, int dimension)
    {
        arguments.Check(table);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        if (table.Length == 0 || table.Length % dimension != 0)
            throw new ArgumentException($"{table.Length} elements are not a whole number of rows of {dimension}.", nameof(table));
        CheckVocabulary(table.Length / dimension, nameof(table));
    }

    private static void CheckVocabulary(int rows, string name)
    {
        if (rows > MaximumVocabulary)
        {
            throw new ArgumentException(
                $"The table has {rows} rows, but the maximum is {MaximumVocabulary}: larger token numbers are not exact in single precision.",
                name);
        }
    }

    private void CheckRowGradient(
        int dimension, Activations tokens, IndexBuffer slots, IndexBuffer rows, DeviceBuffer gradient, int batch)
    {
        arguments.Check(slots, 1);
        CheckVocabulary(slots.Length, nameof(slots));
        arguments.Check(rows, (int)Math.Min(slots.Length, (long)batch * tokens.Features));
        arguments.Check(gradient, checked(rows.Length * dimension));
        KernelArguments.CheckDistinct(slots, rows);
    }

    /// <summary>Checks row numbers, a gradient with one row for each, and a table of such rows.</summary>
    private void CheckRows(IndexBuffer rows, DeviceBuffer weights, DeviceBuffer gradient)
    {
        arguments.Check(rows, 1);
        arguments.Check(weights);
        arguments.Check(gradient);
        if (gradient.Length == 0 || gradient.Length % rows.Length != 0)
        {
            throw new ArgumentException(
                $"{gradient.Length} elements are not a row of equal length for each of {rows.Length} row numbers.", nameof(gradient));
        }

        int width = gradient.Length / rows.Length;
        if (weights.Length % width != 0)
            throw new ArgumentException($"{weights.Length} elements are not a whole number of rows of {width}.", nameof(weights));
    }

    private void CheckAttention(AttentionShape shape, Activations qkv, Activations probabilities, Activations y, int batch, string name)
    {
        if (shape.Heads == 0)
            throw new ArgumentException("The shape of the attention has no heads; create it with its constructor.", nameof(shape));
        arguments.Check(qkv, shape.InputCount, batch);
        arguments.Check(probabilities, shape.ProbabilityCount, batch, qkv);
        arguments.Check(y, shape.OutputCount, batch, qkv, name);
    }
}

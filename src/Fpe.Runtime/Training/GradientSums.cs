using Fpe.Compute;

namespace Fpe.Training;

/// <summary>Sums the gradients of the batches of a step, each weighted by its share of the step.</summary>
internal sealed class GradientSums : IDisposable
{
    private readonly IKernels kernels;
    private readonly (Parameter Parameter, DeviceBuffer Sum)[] dense;
    private readonly TableGradientSum[] tables;

    /// <summary>Allocates sums for the current parameters of a model, whose buffers for training exist.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batches">The maximum number of batches of a step.</param>
    public GradientSums(Model model, int batches)
    {
        kernels = model.Device.Kernels;
        Parameter[] learned = [.. model.Parameters.Where(parameter => parameter.Role.IsLearned())];
        dense = [.. learned.Where(parameter => parameter.GradientRows is null).Select(parameter => (parameter, model.Device.Allocate(parameter.Gradient.Length)))];
        tables = [.. learned.Where(parameter => parameter.GradientRows is not null).Select(parameter => new TableGradientSum(parameter, batches))];
    }

    /// <summary>Adds the gradients of a batch.</summary>
    /// <param name="share">The factor of the gradients.</param>
    /// <param name="isFirst">Whether it is the first batch of a step.</param>
    public void Add(double share, bool isFirst)
    {
        foreach ((Parameter parameter, DeviceBuffer sum) in dense)
        {
            if (isFirst)
                kernels.Fill(sum, 0);
            kernels.AddScaled(parameter.Gradient, share, sum);
        }

        foreach (TableGradientSum table in tables)
            table.Add(share, isFirst);
    }

    /// <summary>Replaces the gradients of the parameters by their sums.</summary>
    public void WriteGradients()
    {
        foreach ((Parameter parameter, DeviceBuffer sum) in dense)
            kernels.Copy(sum, parameter.Gradient);
        foreach (TableGradientSum table in tables)
            table.WriteGradient();
    }

    public void Dispose()
    {
        foreach ((_, DeviceBuffer sum) in dense)
            sum.Dispose();
    }
}

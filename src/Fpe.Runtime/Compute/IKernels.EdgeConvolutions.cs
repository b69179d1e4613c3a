namespace Fpe.Compute;

public partial interface IKernels
{
    /// <summary>
    /// As <see cref="Conv2dForward"/> with the weights of existing edges only: rows are filters, and column (c · kernel + i) · kernel + j
    /// is the weight over channel c, row i and column j of the window. A device may multiply zeros where there is no edge, so that an
    /// input that is not finite reaches filters that do not read it; the same holds for <see cref="EdgeConv2dInputGradient"/>.
    /// </summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="edges">Which weights exist, as <see cref="Device.PrepareFilters"/> has it: [filters, channels · kernel · kernel].</param>
    /// <param name="weights">w: a buffer over <paramref name="edges"/>.</param>
    /// <param name="bias">b: one element per filter.</param>
    /// <param name="function">f.</param>
    /// <param name="x">Images: [batch, channels · height · width].</param>
    /// <param name="z">Receives the weighted sums (=), where not null.</param>
    /// <param name="y">Receives the outputs (=), as images with a channel for each filter.</param>
    /// <param name="batch">Samples.</param>
    void EdgeConv2dForward(
        Conv2dShape shape, DeviceEdges edges, DeviceBuffer weights, DeviceBuffer bias, ActivationFunction function,
        Activations x, Activations? z, Activations y, int batch) =>
        HostKernels.EdgeConv2dForward(shape, edges, weights, bias, function, x, z, y, batch);

    /// <summary>As <see cref="Conv2dInputGradient"/> with the weights of existing edges only (=); a pixel that no edge reads gets 0.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="edges">Which weights exist, as <see cref="Device.PrepareFilters"/> has it.</param>
    /// <param name="weights">w: a buffer over <paramref name="edges"/>.</param>
    /// <param name="dz">Gradient by the weighted sums.</param>
    /// <param name="dx">Receives the gradient by the images.</param>
    /// <param name="batch">Samples.</param>
    void EdgeConv2dInputGradient(
        Conv2dShape shape, DeviceEdges edges, DeviceBuffer weights, Activations dz, Activations dx, int batch) =>
        HostKernels.EdgeConv2dInputGradient(shape, edges, weights, dz, dx, batch);

    /// <summary>
    /// As <see cref="Conv2dWeightGradient"/> for existing edges (=), exactly 0 elsewhere in the buffer. A device may multiply the zeros
    /// of the padding, so that a gradient that is not finite reaches all edges of its filter.
    /// </summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="edges">Which weights exist, as <see cref="Device.PrepareFilters"/> has it.</param>
    /// <param name="x">Images, as the forward pass read them.</param>
    /// <param name="dz">Gradient by the weighted sums.</param>
    /// <param name="weightGradient">Receives dw: a buffer over <paramref name="edges"/>.</param>
    /// <param name="biasGradient">Receives db (=): one element per filter.</param>
    /// <param name="batch">Samples.</param>
    void EdgeConv2dWeightGradient(
        Conv2dShape shape, DeviceEdges edges, Activations x, Activations dz, DeviceBuffer weightGradient, DeviceBuffer biasGradient,
        int batch) =>
        HostKernels.EdgeConv2dWeightGradient(shape, edges, x, dz, weightGradient, biasGradient, batch);
}

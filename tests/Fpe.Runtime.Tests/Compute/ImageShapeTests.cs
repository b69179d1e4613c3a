using Fpe.Compute;

namespace Fpe.Runtime.Tests.Compute;

public class ImageShapeTests
{
    private static readonly ImageShape Image = new(2, 6, 5);

    [Fact]
    public void Sizes_are_those_of_PyTorch()
    {
        Assert.Equal(new ImageShape(8, 6, 5), new Conv2dShape(Image, 8, 3, padding: 1).Output);
        Assert.Equal(new ImageShape(8, 4, 3), new Conv2dShape(Image, 8, 3).Output);
        Assert.Equal(new ImageShape(8, 3, 3), new Conv2dShape(Image, 8, 3, stride: 2, padding: 1).Output);
        Assert.Equal(new ImageShape(2, 3, 2), new Pool2dShape(Image, 2, 2).Output);
        Assert.Equal((18, 144), (new Conv2dShape(Image, 8, 3).FanIn, new Conv2dShape(Image, 8, 3).WeightCount));
    }

    [Fact]
    public void Features_go_channel_by_channel_and_row_by_row()
    {
        Assert.Equal(0, Image.IndexOf(0, 0, 0));
        Assert.Equal(1, Image.IndexOf(0, 0, 1));
        Assert.Equal(5, Image.IndexOf(0, 1, 0));
        Assert.Equal(30, Image.IndexOf(1, 0, 0));
        Assert.Equal(("2 × 6 × 5", 60, 30), (Image.ToString(), Image.Count, Image.Pixels));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Equal("image: the number of channels must be at least 1, but is 0.", Message(() => new ImageShape(0, 6, 5)));
        Assert.Equal(
            "image: an image of 4096 × 4096 × 4096 has 68719476736 values, but the maximum is 2147483647; use fewer channels or a smaller image.",
            Message(() => new ImageShape(1 << 12, 1 << 12, 1 << 12)));
        Assert.Equal("Conv2d: the number of filters must be at least 1, but is 0.", Message(() => new Conv2dShape(Image, 0, 3)));
        Assert.Equal("Conv2d: the stride must be at least 1, but is 0.", Message(() => new Conv2dShape(Image, 8, 3, stride: 0)));
        Assert.StartsWith("Conv2d: padding 3 must be from 0 to 2; ", Message(() => new Conv2dShape(Image, 8, 3, padding: 3)), StringComparison.Ordinal);
        Assert.Equal(
            "Conv2d: kernel 8 is larger than its image of 2 × 6 × 5 with a padding of 1; the largest kernel that fits is 7.",
            Message(() => new Conv2dShape(Image, 8, 8, padding: 1)));
        Assert.Equal("Pool2d: kernel 6 is larger than its image of 2 × 6 × 5; the largest kernel that fits is 5.", Message(() => new Pool2dShape(Image, 6, 1)));

        static string Message(Func<object> create) => Assert.Throws<PlanException>(create).Message;
    }
}

using Fpe.Compute;
using Fpe.Distributed;

namespace Fpe.Runtime.Tests.Distributed;

public class SegmentTests
{
    [Fact]
    public void Segments_are_aligned_and_together_the_buffer()
    {
        for (int length = 0; length < 1000; length += 37)
        {
            for (int ranks = 1; ranks <= 9; ranks++)
            {
                int next = 0;
                foreach ((int offset, int count) in Segments.Of(length, ranks))
                {
                    Assert.Equal(next, offset);
                    Assert.Equal(0, offset % DeviceBuffer.SliceAlignment);
                    next += count;
                }

                Assert.Equal(length, next);
            }
        }
    }
}
